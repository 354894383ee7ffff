import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ClientOptions } from 'ws';
import { CloseCode } from '../../src/http/closeCodes.js';
import { type Api, createApi } from '../support/api.js';
import { createDialler, type Message, type Peer, PROTOCOL, refusedWith } from '../support/peer.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, promote, register } from '../support/steps.js';

const PROMOTIONS = 'subscription ($after: Cursor) { promotions(after: $after) { seq cursor to { version } } }';

let server: TestServer;
let api: Api;
const sockets = createDialler();

const dial = (options: ClientOptions = {}, protocols = [PROTOCOL], path = '/graphql') => sockets.dial(server, options, protocols, path);
const peer = (target = server, options: ClientOptions = {}): Promise<Peer> => sockets.peer(target, options);

interface Promotion {
  readonly cursor: string;
  readonly to: { readonly version: string };
}

const promotionIn = (message: Message | undefined): Promotion =>
  (message as { payload: { data: { promotions: Promotion } } }).payload.data.promotions;

beforeAll(async () => {
  server = await startTestServer({ JUARA_ALLOWED_ORIGINS: 'https://dashboard.example.org', JUARA_MAX_SUBSCRIPTIONS_PER_SOCKET: '3' });
  api = createApi(server.url, server.token);
  await createModel(api, 'live');
  for (const version of ['1.0.0', '1.0.1', '1.0.2']) await register(api, 'live', { version });
});
afterEach(() => sockets.hangUp());
afterAll(() => server?.stop());

describe('handshake', () => {
  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('the foreign origin %s is refused', async (origin) => {
    expect(await refusedWith(dial({ origin }))).toBe(403);
  });

  test('its own origin, an allowed one, and none are accepted', async () => {
    for (const origin of [server.url, 'https://dashboard.example.org', undefined]) {
      await (await peer(server, origin === undefined ? {} : { origin })).init();
    }
  });

  test('another subprotocol, or none, is refused', async () => {
    expect(await refusedWith(dial({}, ['graphql-ws']))).toBe(400);
    expect(await refusedWith(dial({}, []))).toBe(400);
  });

  test('other addresses are refused', async () => {
    expect(await refusedWith(dial({}, [PROTOCOL], '/'))).toBe(404);
    expect(await refusedWith(dial({}, [PROTOCOL], '/graphqlx'))).toBe(404);
  });

  test('a Host that is not this machine is refused, with its own Origin too', async () => {
    expect(await refusedWith(dial({ origin: 'http://evil.example', headers: { host: 'evil.example' } }))).toBe(403);
  });
});

describe('who may', () => {
  test('connectionParams.authorization counts, in any case', async () => {
    for (const key of ['authorization', 'Authorization']) {
      const it = await (await peer()).init({ [key]: `Bearer ${server.token}` });
      it.subscribe('1', '{ viewer { role } }');
      expect(await it.of('1', 2)).toEqual([
        { id: '1', type: 'next', payload: { data: { viewer: { role: 'ADMIN' } } } },
        { id: '1', type: 'complete' },
      ]);
    }
  });

  test('without a token it is the anonymous viewer, who changes nothing', async () => {
    const it = await (await peer()).init();
    it.subscribe('1', 'mutation { createModel(input: { name: "m" }) { name } }');
    const [answer] = await it.of('1', 1);
    expect(answer).toMatchObject({ payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    expect(await api.refusal('{ metrics(model: "m", metric: "x") { version { version } } }')).toBe('MODEL_NOT_FOUND');
  });

  test('a bad token closes the socket', async () => {
    const it = await peer();
    it.send({ type: 'connection_init', payload: { authorization: 'Bearer juara_unknown' } });
    expect(await it.closed).toMatchObject({ code: CloseCode.Unauthorized, reason: expect.stringContaining('unknown') });
    expect(it.messages).toEqual([]);
  });

  test('a token that is revoked ends its open socket at once, and no other', async () => {
    const { createToken } = await api.query('mutation { createToken(input: { name: "t", role: VIEWER }) { id secret } }');
    const ends = await (await peer()).init({ authorization: `Bearer ${createToken.secret}` });
    const stays = await (await peer()).init({ authorization: `Bearer ${server.token}` });
    ends.subscribe('1', PROMOTIONS);
    await api.query('mutation ($id: ID!) { revokeToken(id: $id) }', { id: createToken.id });
    expect((await ends.closed).code).toBe(CloseCode.Forbidden);
    stays.subscribe('1', '{ viewer { role } }');
    await stays.of('1', 2);
  });
});

describe('operations', () => {
  test('a subscription hears of a promotion, and goes on from its cursor on another socket', async () => {
    const first = await (await peer()).init();
    first.subscribe('p', PROMOTIONS, { after: '' });
    await promote(api, 'live', '1.0.0');
    const [message] = await first.of('p', 1);
    const event = promotionIn(message);
    expect(event.to.version).toBe('1.0.0');
    first.socket.terminate();
    await promote(api, 'live', '1.0.1', { overrideReason: 'a test' });
    const second = await (await peer()).init();
    second.subscribe('p', PROMOTIONS, { after: event.cursor });
    await promote(api, 'live', '1.0.2', { overrideReason: 'a test' });
    const later = (await second.of('p', 2)).map(promotionIn);
    expect(later.map((p) => p.to.version)).toEqual(['1.0.1', '1.0.2']);
  });

  test('a refused subscription is told its code', async () => {
    const it = await (await peer()).init();
    it.subscribe('1', PROMOTIONS, { after: 'nonsense' });
    expect(JSON.stringify(await it.of('1', 1))).toContain('CURSOR_INVALID');
  });

  test.each([
    ['{ viewer {', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ ${'a:__typename '.repeat(10_000)} }`, 'GRAPHQL_PARSE_FAILED'],
  ])('an invalid document is an error of that operation, and the socket lives on', async (query, code) => {
    const it = await (await peer()).init();
    it.subscribe('bad', query);
    expect((await it.of('bad', 1))[0]).toMatchObject({ type: 'error', payload: [{ extensions: { code } }] });
    it.subscribe('good', '{ viewer { role } }');
    await it.of('good', 2);
  });

  test('a subscription before connection_init closes the socket', async () => {
    const it = await peer();
    it.subscribe('1', PROMOTIONS);
    expect((await it.closed).code).toBe(CloseCode.Unauthorized);
  });
});

describe('limits', () => {
  test('subscriptions on one socket', async () => {
    const it = await (await peer()).init();
    for (const id of ['1', '2', '3']) it.subscribe(id, PROMOTIONS);
    it.subscribe('4', PROMOTIONS);
    expect((await it.closed).code).toBe(CloseCode.TooManySubscriptions);
  });

  test('a subscription that was ended makes room', async () => {
    const it = await (await peer()).init();
    for (const id of ['1', '2', '3']) it.subscribe(id, PROMOTIONS);
    it.send({ id: '1', type: 'complete' });
    it.subscribe('4', '{ viewer { role } }');
    await it.of('4', 2);
  });

  test('the size of a message', async () => {
    const it = await (await peer()).init();
    const before = server.logs().stderr;
    it.subscribe('1', `{ viewer { role } } # ${'x'.repeat(1024 * 1024)}`);
    expect((await it.closed).code).toBe(CloseCode.MessageTooLarge);
    expect(server.logs().stderr).toBe(before);
  });

  test('sockets of one address; one that closes makes room', async () => {
    const small = await startTestServer({ JUARA_MAX_SOCKETS_PER_ADDRESS: '2' });
    const [first] = [await peer(small), await peer(small)];
    expect((await (await peer(small)).closed).code).toBe(CloseCode.TooManySockets);
    first.socket.close();
    await first.closed;
    await (await peer(small)).init();
    await small.stop();
  });

  test('behind a proxy addresses are what the proxy says they are', async () => {
    const proxied = await startTestServer({ JUARA_MAX_SOCKETS_PER_ADDRESS: '1', JUARA_BEHIND_PROXY: 'true' });
    const from = (address: string): ClientOptions => ({ headers: { 'x-forwarded-for': address } });
    await peer(proxied, from('9.9.9.9, 10.0.0.1'));
    await peer(proxied, from('9.9.9.9, 10.0.0.2'));
    expect((await (await peer(proxied, from('1.2.3.4, 10.0.0.1'))).closed).code).toBe(CloseCode.TooManySockets);
    await proxied.stop();
  });
});

test('SIGTERM closes every socket with 1001', async () => {
  const ending = await startTestServer();
  const peers = [await (await peer(ending)).init(), await peer(ending)];
  peers[0]?.subscribe('1', PROMOTIONS);
  const [exit, ...closes] = await Promise.all([ending.stop(), ...peers.map((p) => p.closed)]);
  expect(closes.map((c) => c.code)).toEqual([CloseCode.GoingAway, CloseCode.GoingAway]);
  expect(exit).toEqual({ code: 0, signal: null });
  expect(ending.logs().stderr).toBe('');
});
