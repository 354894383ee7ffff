import { type DocumentNode, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { JuaraError } from '../domain/errors.js';
import { hidesSuggestions, parseOptions, validationRules } from './executionRules.js';
import type { HttpParts } from './httpParts.js';
import { OperationGate, type Variables } from './limits/operationGate.js';
import { askedId } from './operations/askedId.js';

type Prepared = DocumentNode | readonly GraphQLError[];

/** The payload of a subscribe message. */
export interface Asked {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
  readonly extensions?: unknown;
}

/** A document that may be executed with the variables that it came with. */
export interface Ready {
  readonly document: DocumentNode;
  readonly query: string;
}

const KEPT = 500;

/**
 * Documents that came over a WebSocket, parsed and validated as the HTTP side does, each once: thousands of subscribers with the same
 * document share one tree. graphql-ws by itself would end the whole socket over one syntax error.
 */
export class Documents {
  /** In the order of their last use; the first is the next to go. */
  private readonly known = new Map<string, Prepared>();
  private readonly gate: OperationGate;

  constructor(private readonly parts: Pick<HttpParts, 'schema' | 'config' | 'operations'>) {
    this.gate = new OperationGate(parts);
  }

  get(asked: Asked): Ready | readonly GraphQLError[] {
    const { operationName, variables } = asked;
    try {
      const query = this.text(asked);
      const document = this.document(query);
      if (!('kind' in document)) return document;
      this.gate.check(document, operationName, variables);
      return { document, query };
    } catch (error) {
      if (error instanceof JuaraError) return [new GraphQLError(error.message, { originalError: error })];
      throw error;
    }
  }

  /** The protocol wants a string for `query`: with an id in the extensions it is empty. */
  private text(asked: Asked): string {
    const { operations } = this.parts;
    const id = operations === null ? null : askedId(asked);
    return operations === null || id === null ? asked.query : operations.text(id);
  }

  private document(query: string): Prepared {
    const prepared = this.known.get(query) ?? this.prepare(query);
    this.known.delete(query);
    this.known.set(query, prepared);
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value ?? '');
    return prepared;
  }

  private prepare(query: string): Prepared {
    const { schema, config } = this.parts;
    let document: DocumentNode;
    try {
      document = parse(query, parseOptions(config));
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      return [new GraphQLError(String(error), { originalError: error as Error, extensions: { code: 'GRAPHQL_PARSE_FAILED' } })];
    }
    const rules = [...specifiedRules, ...validationRules(this.parts)];
    const errors = validate(schema, document, rules, { hideSuggestions: hidesSuggestions(config.env) });
    return errors.length > 0 ? errors : document;
  }
}
