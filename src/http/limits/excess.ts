import { SERVER_SETTINGS } from '../../config/settings.js';
import type { Config } from '../../config.js';
import { JuaraError } from '../../domain/errors.js';

/** The limits of one operation, and what of it each one counts. */
const COUNTED = {
  maxDepth: 'levels of fields',
  maxFields: 'fields',
  maxAliases: 'aliases',
  maxDirectives: 'directives',
  maxFragments: 'fragments',
  maxInputDepth: 'levels of objects and lists in its variables',
  maxCost: 'objects',
} as const;

export type Limit = keyof typeof COUNTED;

/** The refusal of an operation that asks for more than the limit; null where it does not. */
export function excess(config: Pick<Config, Limit>, limit: Limit, asked: number): JuaraError | null {
  const allowed = config[limit];
  if (asked <= allowed) return null;
  const { name } = SERVER_SETTINGS[limit];
  const counted = COUNTED[limit];
  const found = Number.isSafeInteger(asked) ? String(asked) : `more than ${Number.MAX_SAFE_INTEGER}`;
  return new JuaraError('OPERATION_TOO_COMPLEX', `the operation asks for ${found} ${counted}, ${allowed} are allowed (${name})`, {
    setting: name,
    allowed,
    ...(Number.isSafeInteger(asked) ? { asked } : {}),
  });
}
