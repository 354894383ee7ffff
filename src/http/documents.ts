import { type DocumentNode, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { PARSE_OPTIONS, validationRules } from './executionRules.js';
import type { HttpParts } from './httpParts.js';

type Prepared = DocumentNode | readonly GraphQLError[];

const KEPT = 500;

/**
 * Documents that came over a WebSocket, parsed and validated as the HTTP side does, each once: thousands of subscribers with the same
 * document share one tree. graphql-ws by itself would end the whole socket over one syntax error.
 */
export class Documents {
  /** In the order of their last use; the first is the next to go. */
  private readonly known = new Map<string, Prepared>();

  constructor(private readonly parts: Pick<HttpParts, 'schema' | 'config'>) {}

  get(query: string): Prepared {
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
      document = parse(query, PARSE_OPTIONS);
    } catch (error) {
      return [error instanceof GraphQLError ? error : new GraphQLError('the query is not a string')];
    }
    const errors = validate(schema, document, [...specifiedRules, ...validationRules(config.env)]);
    return errors.length > 0 ? errors : document;
  }
}
