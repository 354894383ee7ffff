import { GraphQLFloat, GraphQLScalarType } from 'graphql';
import { JuaraError } from '../../domain/errors.js';

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new JuaraError('INVALID_NUMBER', `the number is ${value}: send a finite number, or leave it out`);
}

/**
 * The built-in Float, but 1e999 is INVALID_NUMBER: graphql-js lets the literal through as Infinity, and refuses the same number in a
 * variable (JSON.parse makes it Infinity as well) without a code of ours. Same name, same SDL, same values otherwise.
 */
export const FloatScalar = new GraphQLScalarType<number, number>({
  ...GraphQLFloat.toConfig(),
  parseValue: (value) => (typeof value === 'number' ? finite(value) : GraphQLFloat.parseValue(value)),
  parseLiteral: (node, variables) => finite(GraphQLFloat.parseLiteral(node, variables)),
});
