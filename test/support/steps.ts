import type { Api } from './api.js';

/** The operations that the end-to-end tests repeat. */
const FIELDS = 'modelId version status reason path previousVersion deployedAt archivedAt';

export const TASKS = [
  { name: 'magnitude', classes: ['Large', 'Medium', 'Moderate', 'Normal'], negativeClass: 'Normal', criticalClasses: ['Large'] },
  { name: 'azimuth', classes: ['N', 'E', 'S', 'W'] },
];

export async function createModel(api: Api, name: string, tasks: unknown = TASKS): Promise<void> {
  await api.query('mutation ($input: CreateModelInput!) { createModel(input: $input) { name } }', { input: { name, tasks } });
}

export interface Registration {
  readonly version?: string;
  readonly metrics?: Record<string, number>;
  readonly files?: Record<string, Buffer>;
  readonly eventsIncluded?: readonly string[];
  readonly idempotencyKey?: string;
}

export async function registrationInput(api: Api, model: string, wish: Registration): Promise<Record<string, unknown>> {
  const { version, metrics = {}, files = {}, eventsIncluded, idempotencyKey } = wish;
  const uploaded = [];
  for (const [name, bytes] of Object.entries(files)) uploaded.push({ name, sha256: await api.upload(bytes) });
  return {
    model,
    version,
    idempotencyKey,
    files: uploaded,
    metrics: Object.entries(metrics).map(([name, value]) => ({ name, value })),
    ...(eventsIncluded === undefined ? {} : { trainingData: { eventsIncluded } }),
  };
}

export const REGISTER = `mutation ($input: RegisterVersionInput!) { registerVersion(input: $input) { ${FIELDS} signature { inputs { name dtype shape } outputs { name } } } }`;
export const PROMOTE = `mutation ($input: PromoteInput!) { promote(input: $input) { outcome decision { id summary outcome rules { rule passed subject measured limit detail } } event { seq type from { version } to { version } revision } model { revision champion { version } } checkpoint { seq hash } } }`;
export const ROLLBACK = `mutation ($input: RollbackInput!) { rollback(input: $input) { event { seq type from { version } to { version } } model { champion { version } } checkpoint { seq } } }`;

export async function register(api: Api, model: string, wish: Registration = {}) {
  const input = await registrationInput(api, model, wish);
  return (await api.query(REGISTER, { input })).registerVersion;
}

export async function promote(api: Api, model: string, version: string, more: Record<string, unknown> = {}) {
  return (await api.query(PROMOTE, { input: { model, version, ...more } })).promote;
}

export async function rollback(api: Api, model: string, more: Record<string, unknown> = {}) {
  return (await api.query(ROLLBACK, { input: { model, reason: 'misbehaves in production', ...more } })).rollback;
}

export async function reject(api: Api, model: string, version: string, reason = 'lost its comparison') {
  return (await api.query(`mutation ($input: RejectInput!) { reject(input: $input) { ${FIELDS} } }`, { input: { model, version, reason } }))
    .reject;
}

export async function version(api: Api, model: string, text: string) {
  return (
    await api.query(
      `query ($model: String!, $version: SemVer!) { version(model: $model, version: $version) { ${FIELDS} metadata files { name sha256 downloadPath } } }`,
      { model, version: text },
    )
  ).version;
}

export async function championOf(api: Api, model: string): Promise<string | null> {
  return (await api.query('query ($model: String!) { champion(model: $model) { version } }', { model })).champion?.version ?? null;
}
