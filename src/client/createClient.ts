import { type BenchmarkCalls, benchmarkCalls } from './benchmarkCalls.js';
import { authorizer, type Connection, type Query, type Token } from './connection.js';
import { endpoint } from './endpoint.js';
import { type EvaluationCalls, evaluationCalls } from './evaluationCalls.js';
import { type EventCalls, eventCalls } from './eventCalls.js';
import { httpQuery } from './httpQuery.js';
import { type ImportCalls, importCalls } from './importCalls.js';
import { type LogCalls, logCalls } from './logCalls.js';
import { type GuardOptions, logGuard } from './logGuard.js';
import { type ModelCalls, modelCalls } from './modelCalls.js';
import { type PolicyCalls, policyCalls } from './policyCalls.js';
import { type PredictCalls, predictCalls } from './predictCalls.js';
import { type PromotionCalls, promotionCalls } from './promotionCalls.js';
import { type RegisterCalls, registerCalls } from './registerCalls.js';
import { type SignatureCalls, signatureCalls } from './signatureCalls.js';
import { type SummaryCalls, summaryCalls } from './summaryCalls.js';
import { type TokenCalls, tokenCalls } from './tokenCalls.js';
import { type TrainingCalls, trainingCalls } from './trainingCalls.js';
import { type UploadCalls, uploadCalls } from './uploadCalls.js';
import { type VersionCalls, versionCalls } from './versionCalls.js';
import { type WatchCalls, watchCalls } from './watchCalls.js';
import { type WebhookCalls, webhookCalls } from './webhookCalls.js';

export interface ClientOptions extends GuardOptions {
  /** Address of the server, e.g. http://127.0.0.1:4000. */
  readonly url: string;
  /** Left out: the anonymous viewer, which a server on loopback lets in. */
  readonly token?: Token;
  /** Another fetch than the global one: a proxy's, or one that traces. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface JuaraClient
  extends ModelCalls,
    VersionCalls,
    PromotionCalls,
    PolicyCalls,
    TrainingCalls,
    UploadCalls,
    RegisterCalls,
    SignatureCalls,
    BenchmarkCalls,
    EvaluationCalls,
    PredictCalls,
    ImportCalls,
    TokenCalls,
    SummaryCalls,
    EventCalls,
    LogCalls,
    WebhookCalls,
    WatchCalls {
  readonly url: string;
  /** Any query or mutation of the schema. */
  query: Query;
}

/** A client of one Juara server. It holds no connection; only `watch` opens a socket, and closes it when the iteration ends. */
export function createClient({ url, token, fetch = globalThis.fetch, ...trust }: ClientOptions): JuaraClient {
  const base = { endpoint: endpoint(url), fetch, authorization: authorizer(token) };
  const connection: Connection = { ...base, query: httpQuery(base) };
  const uploads = uploadCalls(connection);
  const versions = versionCalls(connection);
  const guard = logGuard(connection, trust);
  return {
    url: base.endpoint.base,
    query: connection.query,
    ...modelCalls(connection),
    ...versions,
    ...signatureCalls(connection, versions),
    ...promotionCalls(connection, guard),
    ...policyCalls(connection),
    ...trainingCalls(connection),
    ...uploads,
    ...registerCalls(connection, uploads),
    ...benchmarkCalls(connection, uploads),
    ...evaluationCalls(connection),
    ...predictCalls(connection),
    ...importCalls(connection, uploads),
    ...tokenCalls(connection),
    ...webhookCalls(connection),
    ...summaryCalls(connection, guard),
    ...eventCalls(connection),
    ...logCalls(connection, guard),
    ...watchCalls(connection, guard),
  };
}
