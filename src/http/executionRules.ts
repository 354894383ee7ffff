import { NoSchemaIntrospectionCustomRule, type ParseOptions, type ValidationRule } from 'graphql';
import type { Config } from '../config.js';
import type { HttpParts } from './httpParts.js';
import { documentExcess } from './limits/documentExcess.js';
import { refusingRule } from './limits/refusingRule.js';

/** The parser stops before a large document costs anything. */
export function parseOptions({ maxTokens }: Pick<Config, 'maxTokens'>): ParseOptions {
  return { maxTokens };
}

/** What a document must obey besides the rules of the specification; both transports are handed this one list. */
export function validationRules({ config, operations }: Pick<HttpParts, 'config' | 'operations'>): readonly ValidationRule[] {
  return [
    // First, so that nothing is said of the schema to who may not ask.
    ...(operations === null ? [] : [refusingRule((document) => operations.refusal(document))]),
    refusingRule((document) => documentExcess(document, config)),
    ...(config.env === 'production' ? [NoSchemaIntrospectionCustomRule] : []),
  ];
}

/** Names that a refusal finds similar would hand out the schema piece by piece; only where introspection is for developers may they help. */
export function hidesSuggestions(env: Config['env']): boolean {
  return env !== 'development';
}
