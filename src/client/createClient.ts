import { authorizer, type Connection, type Query, type Token } from './connection.js';
import { endpoint } from './endpoint.js';
import { type EventCalls, eventCalls } from './eventCalls.js';
import { httpQuery } from './httpQuery.js';
import { type ImportCalls, importCalls } from './importCalls.js';
import { type ModelCalls, modelCalls } from './modelCalls.js';
import { type PolicyCalls, policyCalls } from './policyCalls.js';
import { type PromotionCalls, promotionCalls } from './promotionCalls.js';
import { type RegisterCalls, registerCalls } from './registerCalls.js';
import { type SummaryCalls, summaryCalls } from './summaryCalls.js';
import { type TokenCalls, tokenCalls } from './tokenCalls.js';
import { type TrainingCalls, trainingCalls } from './trainingCalls.js';
import { type UploadCalls, uploadCalls } from './uploadCalls.js';
import { type VersionCalls, versionCalls } from './versionCalls.js';
import { type WatchCalls, watchCalls } from './watchCalls.js';

export interface ClientOptions {
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
    ImportCalls,
    TokenCalls,
    SummaryCalls,
    EventCalls,
    WatchCalls {
  readonly url: string;
  /** Any query or mutation of the schema. */
  query: Query;
}

/** A client of one Juara server. It holds no connection; only `watch` opens a socket, and closes it when the iteration ends. */
export function createClient({ url, token, fetch = globalThis.fetch }: ClientOptions): JuaraClient {
  const base = { endpoint: endpoint(url), fetch, authorization: authorizer(token) };
  const connection: Connection = { ...base, query: httpQuery(base) };
  const uploads = uploadCalls(connection);
  const summary = summaryCalls(connection);
  return {
    url: base.endpoint.base,
    query: connection.query,
    ...modelCalls(connection),
    ...versionCalls(connection),
    ...promotionCalls(connection),
    ...policyCalls(connection),
    ...trainingCalls(connection),
    ...uploads,
    ...registerCalls(connection, uploads),
    ...importCalls(connection, uploads),
    ...tokenCalls(connection),
    ...summary,
    ...eventCalls(connection),
    ...watchCalls(connection, summary.checkpoint),
  };
}
