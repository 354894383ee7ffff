import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { checkFinite, type Json } from '../../domain/json.js';

function checked(value: unknown): Json {
  checkFinite(value, '$');
  return value as Json;
}

/** INVALID_NUMBER for 1e999 and the like, which JSON would silently write as null. */
export const JsonScalar = new GraphQLScalarType<Json, Json>({
  name: 'JSON',
  description: 'Any JSON value. Non-finite numbers are refused on input.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  serialize: (value) => value as Json,
  parseValue: checked,
  // Literals come as objects without a prototype; the round trip makes them plain ones.
  parseLiteral: (node, variables) => JSON.parse(JSON.stringify(checked(valueFromASTUntyped(node, variables) ?? null))) as Json,
});
