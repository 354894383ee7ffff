import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { nearestName } from './config/nearestName.js';
import type { Setting } from './config/setting.js';
import { ALL_SETTINGS, SERVER_SETTINGS } from './config/settings.js';
import { JuaraError } from './domain/errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

type Settings = typeof SERVER_SETTINGS;
type ValueOf<S> = S extends { readonly schema: infer T extends z.ZodType } ? z.output<T> : never;

/** Every setting of the server, checked; paths are absolute. Frozen. */
export type Config = { readonly [K in Exclude<keyof Settings, 'failpoint'>]: ValueOf<Settings[K]> } & {
  /** The step to die at; null outside of tests. */
  readonly failpoint: string | null;
};

function invalid(message: string): JuaraError {
  return new JuaraError('CONFIG_INVALID', message);
}

function refuseUnknown(env: Environment): void {
  const known: string[] = ALL_SETTINGS.map((s) => s.name);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('JUARA_') || known.includes(name)) continue;
    throw invalid(`${name} is no setting: did you mean ${nearestName(name, known)}? \`juara config\` lists all of them`);
  }
}

/** The text in force: an empty variable counts as unset, as in most shells' `${NAME:-default}`. */
export function settingText(env: Environment, setting: Setting<unknown>): string | null {
  return env[setting.name] || setting.default;
}

function parsed<T>(env: Environment, setting: Setting<T>): T {
  const text = settingText(env, setting) ?? '';
  const result = setting.schema.safeParse(text);
  if (result.success) return result.data;
  // A database URL may hold a password, so it is never repeated.
  const shown = setting === SERVER_SETTINGS.databaseUrl || setting.secret ? 'malformed' : JSON.stringify(text);
  throw invalid(`${setting.name} is ${shown}: it must be ${setting.kind}`);
}

function refuseRemoteArtifacts(env: Environment): void {
  if (env.JUARA_ARTIFACTS?.startsWith('s3:')) {
    throw invalid('JUARA_ARTIFACTS names an S3 bucket, which this release cannot store to yet: leave it out, or set it to disk');
  }
}

function failpointOf(env: Environment, mode: Config['env']): string | null {
  const name = env.JUARA_FAILPOINT || null;
  if (name !== null && mode !== 'test') throw invalid('JUARA_FAILPOINT kills the server on purpose: it takes JUARA_ENV=test beside it');
  return name;
}

function databaseUrlOf(env: Environment, home: string): string {
  if (!env.JUARA_DATABASE_URL) return `sqlite:${join(home, 'juara.db')}`;
  const url = parsed(env, SERVER_SETTINGS.databaseUrl);
  const file = /^sqlite:(?:\/\/)?(.+)$/s.exec(url)?.[1];
  return file === undefined ? url : `sqlite:${resolve(file)}`;
}

/** Reads the JUARA_* variables; CONFIG_INVALID names the first that is unknown or malformed and what it should be. */
export function loadConfig(env: Environment): Config {
  refuseUnknown(env);
  refuseRemoteArtifacts(env);
  const s = SERVER_SETTINGS;
  const home = resolve(parsed(env, s.home));
  const mode = parsed(env, s.env);
  return Object.freeze({
    home,
    host: parsed(env, s.host),
    port: parsed(env, s.port),
    databaseUrl: databaseUrlOf(env, home),
    artifacts: parsed(env, s.artifacts),
    env: mode,
    logLevel: parsed(env, s.logLevel),
    behindProxy: parsed(env, s.behindProxy),
    allowedOrigins: Object.freeze(parsed(env, s.allowedOrigins)),
    maxBodyBytes: parsed(env, s.maxBodyBytes),
    maxUploadBytes: parsed(env, s.maxUploadBytes),
    maxSocketsPerAddress: parsed(env, s.maxSocketsPerAddress),
    maxSubscriptionsPerSocket: parsed(env, s.maxSubscriptionsPerSocket),
    scoringTimeoutMs: parsed(env, s.scoringTimeoutMs),
    scoringMemoryMb: parsed(env, s.scoringMemoryMb),
    predictSessions: parsed(env, s.predictSessions),
    scrubHours: parsed(env, s.scrubHours),
    writeDeadlineMs: parsed(env, s.writeDeadlineMs),
    webhookAllowPrivate: parsed(env, s.webhookAllowPrivate),
    webhookTimeoutMs: parsed(env, s.webhookTimeoutMs),
    webhookRetryDelaysMs: Object.freeze(parsed(env, s.webhookRetryDelaysMs)),
    webhookGiveUpHours: parsed(env, s.webhookGiveUpHours),
    webhookLeaseMs: parsed(env, s.webhookLeaseMs),
    drainTimeoutMs: parsed(env, s.drainTimeoutMs),
    failpoint: failpointOf(env, mode),
  });
}
