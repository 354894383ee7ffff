import { NoSchemaIntrospectionCustomRule, type ParseOptions, type ValidationRule } from 'graphql';
import type { Config } from '../config.js';

/** Longest document, in lexical tokens: the parser stops there, before a large document costs anything. */
export const PARSE_OPTIONS: ParseOptions = { maxTokens: 10_000 };

/** What a document must obey besides the rules of the specification; both transports are handed this one list. */
export function validationRules(env: Config['env']): readonly ValidationRule[] {
  return env === 'production' ? [NoSchemaIntrospectionCustomRule] : [];
}
