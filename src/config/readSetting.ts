import { JuaraError } from '../domain/errors.js';
import type { Setting } from './setting.js';
import { SERVER_SETTINGS } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export function invalid(message: string): JuaraError {
  return new JuaraError('CONFIG_INVALID', message);
}

/** The text in force: an empty variable counts as unset, as in most shells' `${NAME:-default}`. */
export function settingText(env: Environment, setting: Setting<unknown>): string | null {
  return env[setting.name] || setting.default;
}

/** The value in force; CONFIG_INVALID says what it must be. */
export function parsed<T>(env: Environment, setting: Setting<T>): T {
  const text = settingText(env, setting) ?? '';
  const result = setting.schema.safeParse(text);
  if (result.success) return result.data;
  // A database URL may hold a password, so it is never repeated.
  const shown = setting === SERVER_SETTINGS.databaseUrl || setting.secret ? 'malformed' : JSON.stringify(text);
  throw invalid(`${setting.name} is ${shown}: it must be ${setting.kind}`);
}

/** The value in force; null where there is neither one nor a default. */
export function parsedOrNull<T>(env: Environment, setting: Setting<T>): T | null {
  return settingText(env, setting) === null ? null : parsed(env, setting);
}
