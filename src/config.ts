import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { nearestName } from './config/nearestName.js';
import { type OidcConfig, oidcConfig } from './config/oidcConfig.js';
import { type Environment, invalid, parsed } from './config/readSetting.js';
import { ALL_SETTINGS, SERVER_SETTINGS } from './config/settings.js';
import { type TlsConfig, tlsConfig } from './config/tlsConfig.js';

type Settings = typeof SERVER_SETTINGS;
type ValueOf<S> = S extends { readonly schema: infer T extends z.ZodType } ? z.output<T> : never;

/** Every setting of the server, checked; paths are absolute. Frozen. */
export type Config = {
  readonly [K in Exclude<keyof Settings, 'failpoint' | 'operationsFile' | `tls${string}` | `oidc${string}`>]: ValueOf<Settings[K]>;
} & {
  /** Null: plain http. */
  readonly tls: TlsConfig | null;
  /** Null: only tokens of our own are let in. */
  readonly oidc: OidcConfig | null;
  /** Absolute path of the file of own operations; null where there is none. */
  readonly operationsFile: string | null;
  /** The step to die at; null outside of tests. */
  readonly failpoint: string | null;
};

function refuseUnknown(env: Environment): void {
  const known: string[] = ALL_SETTINGS.map((s) => s.name);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('JUARA_') || known.includes(name)) continue;
    throw invalid(`${name} is no setting: did you mean ${nearestName(name, known)}? \`juara config\` lists all of them`);
  }
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

function operationsFileOf(env: Environment, operations: Config['operations']): string | null {
  if (!env.JUARA_OPERATIONS_FILE) return null;
  if (operations === 'any') throw invalid('JUARA_OPERATIONS_FILE lists operations, but any are executed: set JUARA_OPERATIONS=listed too');
  return resolve(parsed(env, SERVER_SETTINGS.operationsFile));
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
  const operations = parsed(env, s.operations);
  return Object.freeze({
    home,
    host: parsed(env, s.host),
    port: parsed(env, s.port),
    tls: tlsConfig(env),
    databaseUrl: databaseUrlOf(env, home),
    artifacts: parsed(env, s.artifacts),
    env: mode,
    logLevel: parsed(env, s.logLevel),
    behindProxy: parsed(env, s.behindProxy),
    oidc: oidcConfig(env),
    maxFailedLogins: parsed(env, s.maxFailedLogins),
    allowedOrigins: Object.freeze(parsed(env, s.allowedOrigins)),
    maxBodyBytes: parsed(env, s.maxBodyBytes),
    maxUploadBytes: parsed(env, s.maxUploadBytes),
    maxUploadsPerAddress: parsed(env, s.maxUploadsPerAddress),
    maxUploadBytesPerMinute: parsed(env, s.maxUploadBytesPerMinute),
    requestTimeoutMs: parsed(env, s.requestTimeoutMs),
    maxSocketsPerAddress: parsed(env, s.maxSocketsPerAddress),
    maxSubscriptionsPerSocket: parsed(env, s.maxSubscriptionsPerSocket),
    maxTokens: parsed(env, s.maxTokens),
    maxDepth: parsed(env, s.maxDepth),
    maxFields: parsed(env, s.maxFields),
    maxAliases: parsed(env, s.maxAliases),
    maxDirectives: parsed(env, s.maxDirectives),
    maxFragments: parsed(env, s.maxFragments),
    maxInputDepth: parsed(env, s.maxInputDepth),
    maxCost: parsed(env, s.maxCost),
    operations,
    operationsFile: operationsFileOf(env, operations),
    scoringTimeoutMs: parsed(env, s.scoringTimeoutMs),
    scoringMemoryMb: parsed(env, s.scoringMemoryMb),
    predictSessions: parsed(env, s.predictSessions),
    connectionInitTimeoutMs: parsed(env, s.connectionInitTimeoutMs),
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
