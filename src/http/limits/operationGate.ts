import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, Kind } from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { SERVER_SETTINGS } from '../../config/settings.js';
import { JuaraError } from '../../domain/errors.js';
import type { HttpParts } from '../httpParts.js';
import { excess } from './excess.js';
import { inputDepth } from './inputDepth.js';
import { objectCost } from './objectCost.js';

export type Variables = Readonly<Record<string, unknown>>;

/** Fields and fragments that are gone through at most for each field that is allowed: fragments may hold little but one another. */
const NODES_A_FIELD = 20;

/** Costs that are remembered of one document. */
const KEPT = 50;

/** The last look at an operation before it is executed, when its variables are known; the same on both transports. */
export class OperationGate {
  private readonly schema: GraphQLSchema;
  private readonly estimators: ComplexityEstimator[];
  /** Of each document the costs by operation and by the variables that can change them. */
  private readonly known = new WeakMap<DocumentNode, Map<string, number>>();

  constructor(private readonly parts: Pick<HttpParts, 'schema' | 'config'>) {
    this.schema = parts.schema;
    this.estimators = [objectCost(parts.schema)];
  }

  /** Throws OPERATION_TOO_COMPLEX; INVALID_INPUT where an argument has a value that its field does not take. */
  check(document: DocumentNode, operationName: string | null | undefined, variables: Variables | null | undefined): void {
    const { config } = this.parts;
    const given = variables ?? {};
    const refusal = excess(config, 'maxInputDepth', inputDepth(given));
    if (refusal !== null) throw refusal;
    const tooCostly = excess(config, 'maxCost', this.cost(document, operationName, given));
    if (tooCostly !== null) throw tooCostly;
  }

  private cost(document: DocumentNode, operationName: string | null | undefined, variables: Variables): number {
    const costs = this.known.get(document) ?? new Map<string, number>();
    this.known.set(document, costs);
    // Only numbers (`first`) and booleans (`@include`) change what an operation costs.
    const telling = Object.entries(variables).filter(([, value]) => value === null || ['number', 'boolean'].includes(typeof value));
    const key = JSON.stringify([operationName ?? null, telling]);
    const known = costs.get(key);
    if (known !== undefined) return known;
    const cost = this.countedCost(document, operationName, variables);
    if (costs.size >= KEPT) costs.clear();
    if (cost !== null) costs.set(key, cost);
    return cost ?? 0;
  }

  /** Null where nothing will be executed: there is no such operation, or its variables are refused as a whole. */
  private countedCost(document: DocumentNode, operationName: string | null | undefined, variables: Variables): number | null {
    const operation = getOperationAST(document, operationName);
    if (operation == null) return null;
    const { schema, estimators } = this;
    const name = operation.name === undefined ? {} : { operationName: operation.name.value };
    const maxQueryNodes = NODES_A_FIELD * this.parts.config.maxFields;
    try {
      return getComplexity({ schema, query: document, variables, estimators, maxQueryNodes, ...name });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      if (error.nodes === undefined) throw tooManyNodes(maxQueryNodes);
      if (error.nodes[0]?.kind === Kind.VARIABLE_DEFINITION) return null;
      // Executed, it would be an error of its field alone, and what the others cost would be unknown.
      throw new JuaraError('INVALID_INPUT', error.message);
    }
  }
}

function tooManyNodes(allowed: number): JuaraError {
  const { name } = SERVER_SETTINGS.maxFields;
  const message = `the operation spreads fragments within fragments more than ${allowed} times (${NODES_A_FIELD} times ${name})`;
  return new JuaraError('OPERATION_TOO_COMPLEX', message, { setting: name, allowed });
}
