import { GraphQLScalarType } from 'graphql';
import { checkVersion } from '../../domain/semver.js';
import { textLiteral } from './textLiteral.js';

/** Strict semantic versions; INVALID_SEMVER otherwise. */
export const SemVerScalar = new GraphQLScalarType<string, string>({
  name: 'SemVer',
  description:
    'Semantic version 2.0.0, e.g. 1.0.1, at most 64 characters, without a leading v. Ordered by semver precedence, never as text.',
  specifiedByURL: 'https://semver.org/spec/v2.0.0.html',
  serialize: String,
  parseValue: parse,
  parseLiteral: (node) => parse(textLiteral(node)),
});

function parse(value: unknown): string {
  return checkVersion(typeof value === 'string' ? value : `${value} (not a string)`);
}
