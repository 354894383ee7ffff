import { GraphQLScalarType } from 'graphql';
import { JuaraError } from '../../domain/errors.js';
import { textLiteral } from './textLiteral.js';

/** A text that only the feed reads; what it holds is checked there (CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_AHEAD). */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description:
    'Opaque position in the registry\'s event log. Give the last one you have handled back as `after`; "" stands before the first event.',
  serialize: String,
  parseValue: parse,
  parseLiteral: (node) => parse(textLiteral(node)),
});

function parse(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new JuaraError('CURSOR_INVALID', 'the cursor is not a string; after: "" starts at the first event');
}
