import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { createDiskBlobStore } from './artifacts/diskBlobStore.js';
import type { FoldersMirror } from './artifacts/folders.js';
import { createFolders } from './artifacts/folders.js';
import { reconcileChampions, reconcileRest } from './artifacts/reconcileFolders.js';
import { startScrubbing } from './artifacts/scrub.js';
import type { Config } from './config.js';
import { signCheckpoint } from './domain/checkpoint.js';
import { createFeed } from './feed/createFeed.js';
import { buildJuaraSchema } from './graphql/buildJuaraSchema.js';
import { ensureAdminToken } from './home/adminToken.js';
import { checkpointKey } from './home/checkpointKey.js';
import { lockDatabase, lockHome } from './home/lockHome.js';
import { prepareHome } from './home/prepareHome.js';
import { ANONYMOUS, type Authenticate, createAuthenticate } from './http/authenticate.js';
import { createApp } from './http/createApp.js';
import { createHttpServer } from './http/createHttpServer.js';
import { FailedLogins } from './http/login/failedLogins.js';
import { OidcKeys } from './http/login/oidcKeys.js';
import { oidcTokens } from './http/login/oidcTokens.js';
import { ownTokens } from './http/login/ownTokens.js';
import { isLoopback } from './http/loopback.js';
import type { OperationList } from './http/operations/operationList.js';
import { readOperations } from './http/operations/readOperations.js';
import { readTls } from './http/readTls.js';
import { TokenWatch } from './http/tokenWatch.js';
import type { Deps, Feed, Store } from './ports.js';
import { createEvaluationBoard } from './scoring/evaluationBoard.js';
import { carryOutEvaluations, createScoring } from './startScoring.js';
import { openStore } from './storage/openStore.js';
import { startDeliverer } from './webhooks/startDeliverer.js';

export interface RunningServer {
  /** e.g. http://127.0.0.1:4000 */
  readonly url: string;
  /** For programs that embed the registry: what its use cases are given. */
  readonly deps: Deps;
  /** Subscriptions that are open. */
  subscriptions(): number;
  /** Drains: no new work, open requests finished, sockets closed with 1001; then everything else, in reverse order of its start. */
  stop(): Promise<void>;
}

type Stops = (() => Promise<void> | void)[];

const built = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const PAGES = { dashboard: built('dashboard'), graphiql: built('graphiql') };

/** Ends the process the hard way at the one step that a test named. */
function failpointFor(config: Config): (name: string) => void {
  return (name) => {
    if (name === config.failpoint) process.kill(process.pid, 'SIGKILL');
  };
}

/** Those of our own clients, which the build has listed, and those of the operator. */
async function listedOperations({ operations, operationsFile }: Config): Promise<OperationList | null> {
  if (operations === 'any') return null;
  return readOperations([built('operations.json'), ...(operationsFile === null ? [] : [operationsFile])]);
}

async function startStore(config: Config, stops: Stops): Promise<Store> {
  await prepareHome(config.home);
  if (config.databaseUrl.startsWith('sqlite:')) {
    const lock = await lockHome(config.home);
    stops.push(() => lock.release());
    const database = await lockDatabase(config.databaseUrl.slice('sqlite:'.length));
    stops.push(() => database.release());
  }
  const { store, close } = await openStore({
    url: config.databaseUrl,
    failpoint: failpointFor(config),
    refuseNested: config.env === 'test',
  });
  stops.push(close);
  return store;
}

/** A registry of more versions than this is served while its archive is still being looked through. */
const RECONCILED_BEFORE_START = 1_000;

async function reconcile(reads: Store['reads'], folders: FoldersMirror, log: FastifyBaseLogger): Promise<void> {
  const tell = ({ repaired, problems }: { readonly repaired: readonly string[]; readonly problems: readonly string[] }): void => {
    for (const repair of repaired) log.info(`made to agree with the database: ${repair}`);
    for (const problem of problems) log.warn(problem);
  };
  tell(await reconcileChampions(reads, folders));
  const rest = reconcileRest(reads, folders).then(tell);
  if ((await reads.counts(null)).versions <= RECONCILED_BEFORE_START) await rest;
  else rest.catch((error: unknown) => log.error({ err: error }, 'the folders could not be made to agree with the database'));
}

async function startDeps(config: Config, store: Store, log: FastifyBaseLogger, stops: Stops): Promise<Deps> {
  const { home } = config;
  const failpoint = failpointFor(config);
  const blobs = createDiskBlobStore(home);
  const onError = (error: unknown): void => log.error({ err: error }, 'the folders could not follow a change');
  const folders = createFolders({ home, blobs, reads: store.reads, onError, failpoint });
  stops.push(() => folders.close());
  await reconcile(store.reads, folders, log);
  const scoring = createScoring(config, blobs, stops);
  const key = await checkpointKey(home);
  const now = Date.now;
  const signer: Deps['signer'] = { checkpoint: (head) => signCheckpoint(key, head, now()) };
  const board = createEvaluationBoard();
  const allowPrivateWebhooks = config.webhookAllowPrivate;
  return { ...scoring, store, blobs, folders, signer, board, now, failpoint, allowPrivateWebhooks };
}

const HOUR = 3_600_000;

async function startWebhooks(config: Config, { store, now }: Deps, feed: Feed, log: FastifyBaseLogger, stops: Stops): Promise<void> {
  const { webhookTimeoutMs: timeoutMs, webhookRetryDelaysMs: retryDelaysMs, webhookGiveUpHours } = config;
  const deliverer = await startDeliverer({
    store,
    feed,
    policy: { timeoutMs, retryDelaysMs, giveUpMs: webhookGiveUpHours * HOUR },
    allowPrivate: config.webhookAllowPrivate,
    owner: randomUUID(),
    // The lock on the home says that no other process is at the same SQLite database.
    leaseMs: config.databaseUrl.startsWith('sqlite:') ? null : config.webhookLeaseMs,
    drainMs: config.drainTimeoutMs,
    now,
    random: Math.random,
    onError: (error) => log.error({ err: error }, 'webhooks are behind: the next attempt follows'),
  });
  stops.push(() => deliverer.stop());
}

function loginWith(config: Config, { store, now }: Deps, log: FastifyBaseLogger): Authenticate {
  const { host, behindProxy, oidc, maxFailedLogins } = config;
  return createAuthenticate({
    own: ownTokens(store.reads, now),
    oidc: oidc === null ? null : oidcTokens(oidc, new OidcKeys(oidc, log).find, now),
    failedLogins: new FailedLogins(maxFailedLogins, log),
    // Behind a proxy the peer is always the proxy, so that a loopback address says nothing about who asks.
    anonymous: isLoopback(host) && !behindProxy ? ANONYMOUS : null,
  });
}

function scrub({ scrubHours }: Config, { store, blobs }: Deps, log: FastifyBaseLogger, stops: Stops): void {
  const scrubbing = startScrubbing({
    reads: store.reads,
    blobs,
    pauseMs: scrubHours === 0 ? null : scrubHours * HOUR,
    onError: (error) => log.error({ err: error }, 'the files of the registry are not all what they should be, or could not be looked at'),
  });
  stops.push(() => scrubbing.stop());
}

async function startAll(config: Config, stops: Stops): Promise<Omit<RunningServer, 'stop'>> {
  const app = createApp(config, await readTls(config));
  const { log } = app;
  const store = await startStore(config, stops);
  const deps = await startDeps(config, store, log, stops);
  await ensureAdminToken(deps, config.home);
  const feed = await createFeed(store, (error) => log.error({ err: error }, 'the feed could not read the log'));
  stops.push(() => feed.close());
  const authenticate = loginWith(config, deps, log);
  const schema = await buildJuaraSchema();
  const onError = (error: unknown): void => log.error({ err: error }, 'revoked tokens are noticed late: the log could not be read');
  const watch = await TokenWatch.start({ feed, reads: store.reads, onError });
  stops.push(() => watch.end());
  const operations = await listedOperations(config);
  const http = await createHttpServer(app, { config, deps, feed, schema, authenticate, watch, operations, pages: PAGES });
  stops.push(() => http.stop());
  const url = await http.listen();
  await startWebhooks(config, deps, feed, log, stops);
  const evaluations = carryOutEvaluations(config, deps, (error) => log.error({ err: error }, 'an evaluation could not be carried out'));
  stops.push(() => evaluations.stop());
  scrub(config, deps, log, stops);
  return { url, deps, subscriptions: () => feed.followers() };
}

async function stopAll(stops: Stops): Promise<void> {
  const failures: unknown[] = [];
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      // The others are stopped all the same: the database must be closed whatever happened to the sockets.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the server did not stop cleanly');
}

/** Config in, running server out: the whole registry, wired by hand. A start that fails stops what it had started. */
export async function startServer(config: Config): Promise<RunningServer> {
  const stops: Stops = [];
  try {
    return { ...(await startAll(config, stops)), stop: () => stopAll(stops) };
  } catch (error) {
    await stopAll(stops).catch(() => undefined);
    throw error;
  }
}
