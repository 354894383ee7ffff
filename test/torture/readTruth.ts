import type { StoredEvent } from '../../src/domain/event.js';
import { demand } from './ask.js';
import { JsonLog } from './jsonLog.js';
import type { TruthLine } from './records.js';

interface Address {
  readonly url: string;
  readonly token: string;
}

interface Head {
  readonly checkpoint: {
    readonly seq: number;
    readonly hash: string;
    readonly at: string;
    readonly publicKey: string;
    readonly signature: string;
    readonly registry: string;
  };
}

interface Events {
  readonly events: {
    readonly nodes: readonly (Omit<StoredEvent, 'at' | 'data'> & { readonly at: string; readonly payload: StoredEvent['data'] })[];
    readonly endCursor: string;
    readonly hasNextPage: boolean;
  };
}

interface State {
  readonly model: {
    readonly revision: number;
    readonly champion: { readonly version: string } | null;
    readonly policy: { readonly revision: number };
    readonly versions: { readonly totalCount: number };
  };
}

const HEAD = '{ checkpoint { seq hash at publicKey signature registry } }';
const EVENTS = `query ($after: Cursor) {
  events(after: $after, first: 1000) { nodes { seq type at actor model hash payload } endCursor hasNextPage }
}`;
const STATE = `query ($name: String!) {
  model(name: $name) { revision champion { version } policy { revision } versions(first: 1) { totalCount } }
}`;

/** Writes down the whole log and the state beside it, when nobody writes any more. */
export async function readTruth({ url, token }: Address, models: readonly string[], path: string): Promise<void> {
  const log = new JsonLog<TruthLine>(path);
  const { registry, at, ...signed } = (await demand<Head>(url, token, HEAD)).checkpoint;
  log.write({ k: 'head', registryId: registry, checkpoint: { ...signed, at: Date.parse(at) } });
  for (let after = '', more = true; more; ) {
    const { nodes, endCursor, hasNextPage } = (await demand<Events>(url, token, EVENTS, { after })).events;
    for (const { payload, at: when, ...event } of nodes) log.write({ k: 'truth', ...event, at: Date.parse(when), data: payload });
    after = endCursor;
    more = hasNextPage;
  }
  for (const name of models) {
    const { model } = await demand<State>(url, token, STATE, { name });
    const { revision, champion, policy, versions } = model;
    const state = { revision, champion: champion?.version ?? null, policyRevision: policy.revision, versions: versions.totalCount };
    log.write({ k: 'model', name, ...state });
  }
  await log.close();
}
