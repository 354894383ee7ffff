import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentNode, getOperationAST, parse, print } from 'graphql';
import { formatDocument, stringifyDocument } from 'urql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type JuaraClient, JuaraClientError } from '../../src/client/index.js';
import { everyOperation } from '../../src/client/operation.js';
import { SERVER_SETTINGS } from '../../src/config/settings.js';
import * as dashboard from '../../src/dashboard/api/generated/operations.js';
import { operationId } from '../../src/http/operations/normalisedText.js';
import type { Answer } from '../support/api.js';
import { type Asking, askOverHttp, askOverSocket } from '../support/asked.js';
import { EVERY_CALL } from '../support/everyCall.js';
import { runJuara } from '../support/juara.js';
import { runBinary, type Settings, startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const OWN = 'query Mine($after: String) { models(first: 3, after: $after) { nodes { name } pageInfo { endCursor } } }';
const EVENTS = 'subscription Mine { events(after: "") { seq type } }';

/** What our own clients ask for must fit with room to spare: into half of every limit. */
function halved(...settings: readonly { readonly name: keyof Settings; readonly default: string | null }[]): Settings {
  return Object.fromEntries(settings.map(({ name, default: text }) => [name, String(Math.floor(Number(text) / 2))]));
}

let server: TestServer;
let transports: readonly Asking[];
/** Documents that the client has sent by HTTP. */
const sent = new Set<string>();

beforeAll(async () => {
  const file = join(await temporaryFolder(), 'operations.json');
  await writeFile(file, JSON.stringify({ mine: OWN, live: EVENTS }));
  const { maxTokens, maxDepth, maxFields, maxAliases, maxDirectives, maxFragments, maxInputDepth, maxCost } = SERVER_SETTINGS;
  server = await startTestServer({
    ...halved(maxTokens, maxDepth, maxFields, maxAliases, maxDirectives, maxFragments, maxInputDepth, maxCost),
    JUARA_ENV: 'production',
    JUARA_OPERATIONS: 'listed',
    JUARA_OPERATIONS_FILE: file,
  });
  transports = [askOverHttp(server, server.token), await askOverSocket(server, server.token)];
});
afterAll(async () => {
  for (const { close } of transports ?? []) close();
  await server?.stop();
});

const REFUSED = ['OPERATION_NOT_LISTED', 'OPERATION_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED'];

describe('our own clients', () => {
  let client: JuaraClient;
  let asked = 0;
  beforeAll(() => {
    const fetch: typeof globalThis.fetch = (input, init) => {
      if (String(input).endsWith('/graphql')) {
        sent.add(JSON.parse(String(init?.body)).query);
        asked += 1;
      }
      return globalThis.fetch(input, init);
    };
    client = createClient({ url: server.url, token: server.token, fetch });
  });

  test.each(Object.entries(EVERY_CALL))('the client: %s', async (name, call) => {
    const before = asked;
    const failure = await call(client).then(
      () => null,
      (error: unknown) => error,
    );
    if (failure !== null && !(failure instanceof JuaraClientError)) throw failure;
    expect(REFUSED, failure?.message).not.toContain(failure?.code);
    if (name !== 'upload' && name !== 'followEvaluation') expect(asked, 'it asked the server nothing').toBeGreaterThan(before);
  });

  test('each document of the client has been sent by one of these calls', () => {
    expect(
      Object.keys(client)
        .filter((name) => name !== 'url' && name !== 'query')
        .sort(),
    ).toEqual(Object.keys(EVERY_CALL).sort());
    const byHttp = everyOperation().filter((text) => getOperationAST(parse(text))?.operation !== 'subscription');
    expect(byHttp.filter((text) => !sent.has(text))).toEqual([]);
    expect(byHttp.length).toBeGreaterThan(40);
  });

  test('the command line and the demo have no documents of their own', async () => {
    for (const folder of ['src/cli', 'src/demo']) {
      const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
      expect(files.length).toBeGreaterThan(3);
      for (const file of files) expect(await readFile(join(folder, file), 'utf8'), file).not.toMatch(/\boperation[<(]|\.query[<(]/);
    }
  });

  test.each(['list --json', 'show called', 'events', 'token list', 'policy show called', 'webhook list', 'benchmark list'])(
    'juara %s',
    async (line) => {
      const { code, stdout, stderr } = await runJuara(line.split(' '), { JUARA_URL: server.url, JUARA_TOKEN: server.token });
      expect(`${stdout}${stderr}`).not.toMatch(new RegExp(REFUSED.join('|')));
      expect(code, stderr).toBe(0);
    },
  );

  const pages = Object.entries(dashboard).filter(([name]) => name.endsWith('Document')) as unknown as [string, DocumentNode][];
  test.each(pages)('the dashboard: %s, as its client writes it', async (_name, document) => {
    // Pages of 500; ids and names lead nowhere: what is looked at is whether it would be executed.
    const definitions = getOperationAST(document)?.variableDefinitions ?? [];
    const variables = Object.fromEntries(definitions.map(({ variable, type }) => [variable.name.value, valueFor(print(type))]));
    const text = stringifyDocument(formatDocument(document));
    const [http, socket] = transports;
    const answer = await (getOperationAST(document)?.operation === 'subscription' ? socket : http)?.ask(text, variables);
    for (const { message, extensions } of answer?.errors ?? []) expect(REFUSED, message).not.toContain(extensions.code);
  });
});

function valueFor(type: string): unknown {
  if (type === 'Cursor') return '';
  if (type.startsWith('Int')) return 500;
  if (!type.endsWith('!')) return null;
  if (type.startsWith('[')) return [];
  return type.startsWith('SemVer') ? '1.0.0' : 'none';
}

describe.each(['HTTP', 'WebSocket'] as const)('over %s', (name) => {
  const ask: Asking['ask'] = (...asked) => {
    const transport = transports.find((t) => t.name === name);
    if (transport === undefined) throw new Error(`no ${name}`);
    return transport.ask(...asked);
  };
  const id = (sha256Hash: string): Record<string, unknown> => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

  test('what is not listed is refused with a way out, valid or not, and nothing of the schema is said', async () => {
    for (const document of [
      '{ viewer { role } }',
      'query Viewer { viewer { name role id } }',
      '{ nothing }',
      '{ __schema { types { name } } }',
      `${OWN} query B { viewer { role } }`,
    ]) {
      const { data, errors } = await ask(document);
      expect(data ?? null).toBeNull();
      expect(errors).toHaveLength(1);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('JUARA_OPERATIONS_FILE'),
        extensions: { code: 'OPERATION_NOT_LISTED' },
      });
    }
  });

  test('what the operator listed is executed, however it is written', async () => {
    const spread = `# mine\n${OWN.replaceAll(' ', '\n\t')}`;
    for (const document of [OWN, spread, OWN.replace('nodes {', '__typename nodes { __typename')]) {
      expect((await ask(document)).data.models.nodes[0].name).toBe('called');
    }
  });

  test('by its id alone: the own one, and that of its normalised text', async () => {
    const normalised = createHash('sha256')
      .update(print(parse(OWN)))
      .digest('hex');
    for (const known of ['mine', normalised]) expect((await ask('', {}, id(known))).data.models.nodes[0].name).toBe('called');
    for (const unknown of ['yours', 'constructor', '0'.repeat(64)]) {
      expect((await ask('', {}, id(unknown))).errors?.[0]?.extensions.code).toBe('OPERATION_NOT_LISTED');
    }
  });

  test('an id beside a document does not vouch for it', async () => {
    expect((await ask('{ viewer { role } }', {}, id('mine'))).errors?.[0]?.extensions.code).toBe('OPERATION_NOT_LISTED');
    expect((await ask(OWN, {}, id('yours'))).data.models.nodes[0].name).toBe('called');
  });
});

test('HTTP: the refusal is 403; a listed operation goes by GET, too', async () => {
  const get = (query: string): Promise<Response> =>
    fetch(`${server.url}/graphql?${query}`, { headers: { 'apollo-require-preflight': 'true', authorization: `Bearer ${server.token}` } });
  const extensions = (sha256Hash: string): string =>
    `extensions=${encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }))}`;
  expect((await get('query={viewer{role}}')).status).toBe(403);
  expect((await get(extensions('yours'))).status).toBe(403);
  expect((await get(`query=${encodeURIComponent(OWN)}`)).status).toBe(200);
  const byId = await get(extensions('mine'));
  expect(byId.status).toBe(200);
  expect(((await byId.json()) as Answer).data.models.nodes[0].name).toBe('called');
});

test('WebSocket: two subscriptions by id are two streams', async () => {
  const watch = everyOperation().find((text) => text.includes('subscription Watch')) ?? '';
  const socket = await askOverSocket(server, server.token);
  const extensions = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
  const mine = await socket.ask('', {}, extensions('live'));
  expect(Object.keys(mine.data.events)).toEqual(['seq', 'type']);
  const watched = await socket.ask('', { after: '' }, extensions(operationId(parse(watch))));
  expect(Object.keys(watched.data.events)).toContain('hash');
  socket.close();
});

describe('a file of own operations that cannot be read ends the start', () => {
  test.each([
    ['no JSON', '{', 'JSON'],
    ['no object of texts', '{"a": 5}', 'one JSON object from ids'],
    ['a malformed document', '{"a": "query {"}', 'Syntax Error'],
  ])('%s', async (_title, content, hint) => {
    const folder = await temporaryFolder();
    const file = join(folder, 'operations.json');
    await writeFile(file, content);
    const settings = { JUARA_HOME: folder, JUARA_PORT: '0', JUARA_OPERATIONS: 'listed', JUARA_OPERATIONS_FILE: file };
    const { code, stderr } = await runBinary(['serve'], settings);
    expect(code).not.toBe(0);
    expect(stderr).toContain(file);
    expect(stderr).toContain(hint);
  });

  test('a list without JUARA_OPERATIONS=listed would do nothing, and is refused', async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await runBinary(['serve'], { JUARA_HOME: folder, JUARA_PORT: '0', JUARA_OPERATIONS_FILE: 'mine.json' });
    expect(code).not.toBe(0);
    expect(stderr).toContain('JUARA_OPERATIONS=listed');
  });
});
