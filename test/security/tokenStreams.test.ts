import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CloseCode } from '../../src/http/closeCodes.js';
import { type Api, createApi } from '../support/api.js';
import { createDialler, type Peer } from '../support/peer.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel } from '../support/steps.js';

const ROUNDS = 25;
const EVENTS = 'subscription { events { seq at } }';

let server: TestServer;
let admin: Api;
const sockets = createDialler();
beforeAll(async () => {
  server = await startTestServer();
  admin = createApi(server.url, server.token);
  await createModel(admin, 'm');
});
afterEach(() => sockets.hangUp());
afterAll(() => server?.stop());

interface Token {
  readonly id: string;
  readonly secret: string;
}

async function newToken(expiresAt: string | null = null): Promise<Token> {
  const create = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { id secret } }';
  return (await admin.query(create, { input: { name: 't', role: 'VIEWER', expiresAt } })).createToken;
}

interface Event {
  readonly seq: number;
  readonly at: string;
}

const eventsOf = ({ messages }: Peer): Event[] =>
  messages.filter((m) => m.type === 'next').map((m) => (m.payload as { data: { events: Event } }).data.events);

/** A mutation that appends `count` events, one behind the other. */
const touches = (count: number, prefix: string): string =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}: updateModel(input: { name: "m", description: "${prefix}${i}" }) { id }`).join(
    '\n',
  );

let turn = 0;
/** Events before and after `step` in one request, so that the server has no pause in between; the seq of what `step` appended. */
async function amidEvents(step: string, type: string): Promise<number> {
  turn += 1;
  await admin.query(`mutation { ${touches(2, `before${turn}_`)} step: ${step} ${touches(6, `after${turn}_`)} }`);
  const { eventHistory } = await admin.query(`{ eventHistory(first: 1, filter: { types: [${type}] }) { nodes { seq } } }`);
  return eventHistory.nodes[0].seq;
}

/** Sockets of the token, each known to get what happens. */
async function listeners(token: Token, count: number): Promise<Peer[]> {
  const peers = await Promise.all(Array.from({ length: count }, () => sockets.bearer(server, token.secret)));
  for (const peer of peers) peer.subscribe('e', EVENTS);
  turn += 1;
  while (peers.some((peer) => peer.messages.length < 2)) await admin.query(`mutation { ${touches(1, `first${turn++}_`)} }`);
  return peers;
}

/** Every event up to its last one came, and none of those that the token may not see. */
function expectEndedBefore(peer: Peer, seq: number): void {
  const seqs = eventsOf(peer).map((event) => event.seq);
  expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
  expect(seqs.at(-1)).toBeLessThan(seq);
}

test.each([
  ['revoked', (id: string) => `revokeToken(id: "${id}")`, 'TOKEN_REVOKED'],
  ['given another role', (id: string) => `updateToken(input: { id: "${id}", role: OPERATOR }) { id }`, 'TOKEN_CHANGED'],
  ['bound to a model', (id: string) => `updateToken(input: { id: "${id}", models: ["m"] }) { id }`, 'TOKEN_CHANGED'],
])('a token that is %s: its sockets are closed before the first event that is not theirs', async (_, step, type) => {
  const witness = await sockets.bearer(server, server.token);
  witness.subscribe('e', EVENTS);
  for (let round = 0; round < ROUNDS; round++) {
    const token = await newToken();
    const peers = await listeners(token, 3);
    const seq = await amidEvents(step(token.id), type);
    for (const peer of peers) {
      expect((await peer.closed).code).toBe(CloseCode.Forbidden);
      expectEndedBefore(peer, seq);
    }
    // Others go on undisturbed.
    await expect.poll(() => eventsOf(witness).at(-1)?.seq ?? 0, { timeout: 10_000 }).toBeGreaterThan(seq);
  }
});

test('a token that expires: nothing that happened at that instant or later is sent', async () => {
  const expiresAt = Date.now() + 2_500;
  const ends = Array.from({ length: 10 }, (_, i) => expiresAt + i * 37);
  const peers = await Promise.all(
    ends.map(async (end) => ({ end, peer: (await listeners(await newToken(new Date(end).toISOString()), 1))[0] as Peer })),
  );
  let writing = true;
  const writer = (async () => {
    while (writing) await admin.query(`mutation { ${touches(5, `while${turn++}_`)} }`);
  })();
  const codes = await Promise.all(peers.map(async ({ peer }) => (await peer.closed).code));
  writing = false;
  await writer;
  expect(new Set(codes)).toEqual(new Set([CloseCode.Forbidden]));
  for (const { end, peer } of peers) expect(Date.parse(eventsOf(peer).at(-1)?.at ?? '')).toBeLessThan(end);
});

test('a socket without subscriptions ends as well, and the next one is refused', async () => {
  const token = await newToken();
  const peer = await sockets.bearer(server, token.secret);
  await admin.query('mutation ($id: ID!) { revokeToken(id: $id) }', { id: token.id });
  expect((await peer.closed).code).toBe(CloseCode.Forbidden);
  const again = await sockets.peer(server);
  again.send({ type: 'connection_init', payload: { authorization: `Bearer ${token.secret}` } });
  expect((await again.closed).code).toBe(CloseCode.Unauthorized);
});

test('a token whose name fills more than a close frame is refused as any other', async () => {
  const { createToken } = await admin.query(
    'mutation ($name: String!) { createToken(input: { name: $name, role: VIEWER }) { id secret } }',
    {
      name: '名'.repeat(100),
    },
  );
  await admin.query('mutation ($id: ID!) { revokeToken(id: $id) }', { id: createToken.id });
  const peer = await sockets.peer(server);
  peer.send({ type: 'connection_init', payload: { authorization: `Bearer ${createToken.secret}` } });
  expect(await peer.closed).toMatchObject({ code: CloseCode.Unauthorized, reason: expect.stringContaining('名') });
});

test('a change of role counts at once, over HTTP and for the next socket', async () => {
  const token = await newToken();
  const api = createApi(server.url, token.secret);
  const set = (role: string) => admin.query(`mutation { updateToken(input: { id: "${token.id}", role: ${role} }) { role } }`);
  expect(await api.refusal('mutation { createModel(input: { name: "n" }) { name } }')).toBe('FORBIDDEN');
  await set('OPERATOR');
  const peer = await sockets.bearer(server, token.secret);
  peer.subscribe('1', 'mutation { createModel(input: { name: "n" }) { name } }');
  expect((await peer.of('1', 1))[0]).toMatchObject({ payload: { data: { createModel: { name: 'n' } } } });
  await set('VIEWER');
  expect(await api.refusal('mutation { createModel(input: { name: "o" }) { name } }')).toBe('FORBIDDEN');
  expect((await peer.closed).code).toBe(CloseCode.Forbidden);
});

test('another name or a later end closes nothing', async () => {
  const token = await newToken();
  const [peer] = (await listeners(token, 1)) as [Peer];
  const change = `name: "other", expiresAt: "${new Date(Date.now() + 3_600_000).toISOString()}"`;
  const seq = await amidEvents(`updateToken(input: { id: "${token.id}", ${change} }) { name }`, 'TOKEN_CHANGED');
  await expect.poll(() => eventsOf(peer).at(-1)?.seq ?? 0, { timeout: 10_000 }).toBe(seq + 6);
});
