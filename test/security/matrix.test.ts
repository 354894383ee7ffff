import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/actor.js';
import { buildJuaraSchema } from '../../src/graphql/buildJuaraSchema.js';
import { type Api, createApi } from '../support/api.js';
import { createDialler, type Message, type Peer } from '../support/peer.js';
import { operationOn, type RootField, rootFields } from '../support/rootFields.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, promote, register } from '../support/steps.js';

/** Everybody who can ask: without a token, with one of each role, and with ADMIN for another model than the one that is asked for. */
const ACTORS = ['nobody', ...ROLES, 'ADMIN of another model'] as const;
type Name = (typeof ACTORS)[number];
type Verdict = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'let in';

const fields = rootFields(await buildJuaraSchema());
const sockets = createDialler();
const tokens = new Map<Name, string>();
let server: TestServer;
let admin: Api;

beforeAll(async () => {
  // Behind a proxy nobody is nobody, on a loopback address too.
  server = await startTestServer({ JUARA_BEHIND_PROXY: 'true' });
  admin = createApi(server.url, server.token);
  for (const model of ['mine', 'theirs']) {
    await createModel(admin, model);
    await register(admin, model, { version: '1.0.0' });
    await promote(admin, model, '1.0.0');
  }
  for (const role of ROLES) tokens.set(role, await token(role));
  tokens.set('ADMIN of another model', await token('ADMIN', ['mine']));
});
afterAll(async () => {
  sockets.hangUp();
  await server?.stop();
});

async function token(role: Role, models: string[] | null = null): Promise<string> {
  const create = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }';
  return (await admin.query(create, { input: { name: 'matrix', role, models } })).createToken.secret;
}

/** What the field's declaration says of them; the declarations themselves are held by test/contract/rights.test.ts. */
function wanted({ at, right }: RootField, name: Name): Verdict {
  if (right === undefined) throw new Error(`${at} declares no right`);
  if (name === 'nobody') return 'UNAUTHENTICATED';
  if (name === 'ADMIN of another model') return ['filtered', 'loaded', 'none'].includes(right.scope) ? 'let in' : 'FORBIDDEN';
  return ROLES.indexOf(name) >= ROLES.indexOf(right.role) ? 'let in' : 'FORBIDDEN';
}

function verdict(codes: readonly unknown[]): Verdict {
  return (['UNAUTHENTICATED', 'FORBIDDEN'] as const).find((code) => codes.includes(code)) ?? 'let in';
}

const codesOf = (errors: unknown): unknown[] =>
  Array.isArray(errors) ? errors.map((error: { extensions?: { code?: unknown } }) => error.extensions?.code) : [];

async function overHttp(name: Name, field: RootField): Promise<readonly unknown[]> {
  const { query, variables } = operationOn(field, 'theirs');
  return codesOf((await createApi(server.url, tokens.get(name) ?? null).send(query, variables)).errors);
}

/** The first message tells: a value, or a refusal. Subscriptions begin with the first event, so that there is one. */
async function overSocket(peer: Peer, field: RootField): Promise<readonly unknown[]> {
  const { query, variables } = operationOn(field, 'theirs', field.kind === 'subscription' ? ['after'] : []);
  peer.subscribe(field.at, query, variables);
  const [first] = (await peer.of(field.at, 1)) as [Message];
  peer.send({ id: field.at, type: 'complete' });
  return codesOf(first.type === 'error' ? first.payload : (first.payload as { errors?: unknown }).errors);
}

describe.each(ACTORS)('%s', (name) => {
  const expected = (some: readonly RootField[]) => Object.fromEntries(some.map((field) => [field.at, wanted(field, name)]));

  test('over HTTP', async () => {
    const asked = fields.filter(({ kind }) => kind !== 'subscription');
    const found: Record<string, Verdict> = {};
    for (const field of asked) found[field.at] = verdict(await overHttp(name, field));
    expect(found).toEqual(expected(asked));
  });

  test('over a WebSocket', async () => {
    const secret = tokens.get(name);
    const peer = secret === undefined ? await (await sockets.peer(server)).init() : await sockets.bearer(server, secret);
    const found: Record<string, Verdict> = {};
    for (const field of fields) found[field.at] = verdict(await overSocket(peer, field));
    expect(found).toEqual(expected(fields));
  });
});

test('subscriptions are not served over HTTP, to nobody and to ADMIN', async () => {
  for (const field of fields.filter(({ kind }) => kind === 'subscription')) {
    for (const name of ['nobody', 'ADMIN'] as const) expect(await overHttp(name, field)).not.toEqual([]);
  }
});
