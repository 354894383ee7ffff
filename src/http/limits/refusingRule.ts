import { type DocumentNode, GraphQLError, Kind, type ValidationRule } from 'graphql';
import type { JuaraError } from '../../domain/errors.js';
import { statusOf } from '../statusOf.js';

const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/**
 * A rule that sees the document before any other rule goes into it, and may refuse it whole. An empty document is then visited in its
 * place: some rules of the specification compare all pairs of fields, which is the work to be spared, and a rule that throws instead
 * ends as a fault of the server with Apollo.
 */
export function refusingRule(refuse: (document: DocumentNode) => JuaraError | null): ValidationRule {
  return (context) => ({
    Document: (document) => {
      const refusal = refuse(document);
      if (refusal === null) return undefined;
      context.reportError(asGraphQLError(refusal));
      return NOTHING;
    },
  });
}

/** With the HTTP status of its code, for Apollo. */
export function asGraphQLError(refusal: JuaraError): GraphQLError {
  return new GraphQLError(refusal.message, { originalError: refusal, extensions: { http: { status: statusOf(refusal.code) } } });
}
