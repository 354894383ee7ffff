import { GraphQLScalarType } from 'graphql';
import { JuaraError } from '../../domain/errors.js';
import { textLiteral } from './textLiteral.js';

/** 64 lower-case hexadecimal digits; INVALID_INPUT otherwise. */
export const Sha256Scalar = new GraphQLScalarType<string, string>({
  name: 'Sha256',
  description: "SHA-256 of a file's bytes, 64 lower-case hexadecimal digits.",
  serialize: String,
  parseValue: parse,
  parseLiteral: (node) => parse(textLiteral(node)),
});

function parse(value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value;
  const shown = JSON.stringify(String(value).slice(0, 80));
  throw new JuaraError('INVALID_INPUT', `${shown} is not a SHA-256: write 64 lower-case hexadecimal digits`);
}
