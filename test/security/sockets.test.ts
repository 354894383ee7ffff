import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CloseCode } from '../../src/http/closeCodes.js';
import { createApi } from '../support/api.js';
import { createDialler, type Peer } from '../support/peer.js';
import { startTestServer, type TestServer } from '../support/server.js';

/** What test/e2e/httpSocket.test.ts does not provoke already: 403, 1001, 1009, 4290 and 4291 are there. */
const EVENTS = 'subscription { events { seq } }';

let server: TestServer;
const sockets = createDialler();
beforeAll(async () => {
  server = await startTestServer({ JUARA_CONNECTION_INIT_TIMEOUT_MS: '5000' });
});
afterEach(() => sockets.hangUp());
afterAll(() => server?.stop());

const ready = async (): Promise<Peer> => (await sockets.peer(server)).init();

/** The server is still there for others, and has nothing to complain about. */
async function expectUnharmed(): Promise<void> {
  expect(await createApi(server.url, server.token).query('{ viewer { role } }')).toEqual({ viewer: { role: 'ADMIN' } });
  const lines = server
    .logs()
    .stderr.split('\n')
    .filter((line) => line !== '' && JSON.parse(line).msg !== 'a login failed');
  expect(lines).toEqual([]);
}

describe('malformed messages', () => {
  test.each([
    ['no JSON', 'hello'],
    ['JSON that is no message', '[]'],
    ['an empty text', ''],
    ['no type', '{}'],
    ['an unknown type', '{"type":"start"}'],
    ['an operation without an id', '{"type":"subscribe","payload":{"query":"{ __typename }"}}'],
    ['an operation with an id that is no text', '{"id":1,"type":"subscribe","payload":{"query":"{ __typename }"}}'],
    ['an operation without a query', '{"id":"1","type":"subscribe","payload":{}}'],
    ['a message that only a server sends', '{"id":"1","type":"next","payload":{}}'],
    ['an acknowledgement of ours', '{"type":"connection_ack"}'],
    ['bytes that are no UTF-8 text', Buffer.from([0xff, 0xfe, 0x00])],
  ])('%s: 4400', async (_, message) => {
    const peer = await ready();
    peer.socket.send(message);
    expect((await peer.closed).code).toBe(CloseCode.BadRequest);
    await expectUnharmed();
  });

  test('a text frame that is no UTF-8 ends as RFC 6455 wants: 1007', async () => {
    const peer = await ready();
    peer.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    expect((await peer.closed).code).toBe(1007);
    await expectUnharmed();
  });
});

describe('connection_init', () => {
  test('that does not come: 4408', async () => {
    const hasty = await startTestServer({ JUARA_CONNECTION_INIT_TIMEOUT_MS: '100' });
    expect((await (await sockets.peer(hasty)).closed).code).toBe(CloseCode.ConnectionInitTimeout);
    await hasty.stop();
  });

  test('twice: 4429', async () => {
    const peer = await ready();
    peer.send({ type: 'connection_init' });
    expect((await peer.closed).code).toBe(CloseCode.TooManyInits);
  });

  test('an operation before it, and one before its answer: 4401', async () => {
    const early = await sockets.peer(server);
    early.subscribe('1', '{ viewer { role } }');
    expect((await early.closed).code).toBe(CloseCode.Unauthorized);
    const hasty = await sockets.peer(server);
    hasty.together(() => {
      hasty.send({ type: 'connection_init', payload: { authorization: `Bearer ${server.token}` } });
      hasty.subscribe('1', '{ viewer { role } }');
    });
    expect((await hasty.closed).code).toBe(CloseCode.Unauthorized);
    expect(hasty.messages.filter((m) => m.id === '1')).toEqual([]);
  });

  test.each([
    ['an unknown token', 'Bearer juara_unknown'],
    ['no Bearer', 'Basic YTpi'],
    ['an endless one', `Bearer ${'a'.repeat(100_000)}`],
    ['line breaks', 'Bearer a\r\nx: y'],
  ])('with %s: 4401, and nothing runs', async (_, authorization) => {
    const peer = await sockets.peer(server);
    peer.send({ type: 'connection_init', payload: { authorization } });
    peer.subscribe('1', '{ viewer { role } }');
    expect((await peer.closed).code).toBe(CloseCode.Unauthorized);
    expect(peer.messages).toEqual([]);
  });
});

test('pings are answered, those of the protocol and those of RFC 6455, before connection_init too', async () => {
  const peer = await sockets.peer(server);
  const pong = once(peer.socket, 'pong');
  peer.socket.ping('abc');
  expect(String((await pong)[0])).toBe('abc');
  peer.send({ type: 'ping', payload: { n: 1 } });
  await expect.poll(() => peer.messages).toEqual([{ type: 'pong', payload: { n: 1 } }]);
});

describe('operations', () => {
  test('an id that still runs: 4409', async () => {
    const peer = await ready();
    peer.subscribe('1', EVENTS);
    peer.subscribe('1', EVENTS);
    expect((await peer.closed).code).toBe(CloseCode.IdInUse);
  });

  test('20,000 subscriptions on one socket: 4291, and the rest of them costs nothing', async () => {
    const peer = await ready();
    for (let i = 0; i < 20_000; i++) peer.subscribe(String(i), EVENTS);
    expect((await peer.closed).code).toBe(CloseCode.TooManySubscriptions);
    await expectUnharmed();
  });

  test('a message of 50 MB: 1009', async () => {
    const peer = await ready();
    peer.subscribe('1', `{ viewer { role } } # ${'x'.repeat(50_000_000)}`);
    expect((await peer.closed).code).toBe(CloseCode.MessageTooLarge);
    await expectUnharmed();
  });

  test('50 MB in pieces: 1009 as well', async () => {
    const peer = await ready();
    for (let i = 0; i < 50; i++) peer.socket.send('x'.repeat(1_000_000), { fin: false });
    expect((await peer.closed).code).toBe(CloseCode.MessageTooLarge);
    await expectUnharmed();
  });

  test('a mutation by a VIEWER is an error of that operation, and the socket lives on', async () => {
    const peer = await ready();
    for (const id of ['1', '2']) peer.subscribe(id, 'mutation { createModel(input: { name: "m" }) { name } }');
    for (const id of ['1', '2']) {
      expect((await peer.of(id, 1))[0]).toMatchObject({ payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    }
  });
});
