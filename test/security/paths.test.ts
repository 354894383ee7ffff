import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { HOSTILE_NAMES } from '../support/hostileNames.js';
import { runJuara } from '../support/juara.js';
import { rawHttp } from '../support/rawHttp.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { register, TASKS } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { textPlaces } from '../support/textPlaces.js';
import { treeSnapshot } from '../support/treeSnapshot.js';

/**
 * Hostile names in every place that takes a text: refused with a code of ours, or kept as text where it is one. Nothing outside of the
 * home is made, read or changed, and nothing in it gets a name that the registry would not give.
 */
const NAMES = Object.entries(HOSTILE_NAMES);
/** What UTF-8 can carry: half a character becomes the replacement character. */
const sendable = (name: string): string => Buffer.from(name).toString();
const SECRET = 'a secret beside the home';
const CREATE = 'mutation ($input: CreateModelInput!) { createModel(input: $input) { name description tasks { name classes } } }';

let root = '';
let server: TestServer;
let api: Api;
let before: Record<string, string>;
const outside = (): Promise<Record<string, string>> => treeSnapshot(root, [server.home]);

beforeAll(async () => {
  root = await temporaryFolder();
  await mkdir(join(root, 'outside'));
  for (const name of ['secret.onnx', 'outside/secret.onnx', 'outside/metadata.json']) await writeFile(join(root, name), SECRET);
  server = await startTestServer({ JUARA_HOME: join(root, 'home') });
  api = createApi(server.url, server.token);
  await api.query(CREATE, { input: { name: 'm', tasks: TASKS } });
  await register(api, 'm', { version: '1.0.0', metrics: { accuracy: 90 }, files: { 'w.bin': Buffer.from('w') } });
  before = await outside();
});
afterAll(() => server?.stop());

async function expectUntouched(): Promise<void> {
  expect(await outside()).toEqual(before);
  const top = [
    'admin.token',
    'archive',
    'blobs',
    'challenger',
    'champion',
    'juara.db',
    'juara.db-shm',
    'juara.db-wal',
    'juara.db.lock',
    'juara.lock',
    'keys',
  ];
  const known = [...top, 'juara.db.lock-journal', 'juara.lock-journal', 'tmp', 'versions'];
  const strange = (await readdir(server.home)).filter((name) => !known.includes(name) && !/^model_registry(\.[\w.-]+)?\.json$/.test(name));
  expect(strange).toEqual([]);
  const deep = await readdir(server.home, { recursive: true });
  expect(deep.filter((path) => !/^[\w./+-]+$/.test(path) || path.includes('..'))).toEqual([]);
  expect(server.logs().stderr).toBe('');
}

describe('GraphQL', async () => {
  const schema = buildSchema(await readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  const plausible = { model: 'm', version: '1.0.0', format: 'NPZ', url: 'https://192.0.2.1/', date: '2026-02-10', data: [1], shape: [1] };
  const places = textPlaces(schema, plausible);

  test('has names in more than a hundred places', () => {
    expect(places.length).toBeGreaterThan(100);
    expect(places.map((p) => p.at)).toEqual(expect.arrayContaining(['registerVersion(input.files.name)', 'createModel(input.name)']));
  });

  test.each(NAMES)('%s, in every one of them', { timeout: 120_000 }, async (_what, name) => {
    // A few at a time: sockets and writes queue all the same.
    const rest = [...places];
    const work = async (): Promise<void> => {
      for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
        const answer = await api.send(place.document, place.variables(name));
        for (const error of answer.errors ?? []) {
          expect(error.extensions.code, `${place.at}: ${error.message}`).not.toBe('INTERNAL_SERVER_ERROR');
          // A refusal may repeat what was sent, and no more.
          expect(error.message.length, place.at).toBeLessThan(name.length + 2_000);
        }
        expect(JSON.stringify(answer), place.at).not.toContain(SECRET);
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    await expectUntouched();
  });
});

describe('a registry document', () => {
  const entry = (name: string, place: string): Record<string, unknown> => ({
    model_id: `imp_v1.0.${place.length}`,
    version: `1.0.${place.length}`,
    path: 'champion',
    metadata_path: 'champion/metadata.json',
    status: 'active',
    created_at: '2026-02-09T13:00:19.864Z',
    files: [{ name: 'w.bin', sha256: 'a'.repeat(64), bytes: 1 }],
    [place]: place === 'files' ? [{ name, sha256: 'a'.repeat(64), bytes: 1 }] : name,
  });

  test.each(NAMES)('%s, wherever it names something', async (_what, name) => {
    for (const place of ['model_id', 'version', 'path', 'metadata_path', 'status', 'files', 'reason']) {
      const document = { registry_version: '2.0.0', champion: entry(name, place), challenger: null, archive: [entry(name, place)] };
      for (const doc of [document, { ...document, model_name: name }, { ...document, training_events: [{ event_id: name, date: name }] }]) {
        const answer = await api.send('mutation ($d: JSON!) { importRegistry(document: $d) { warnings } }', { d: doc });
        for (const error of answer.errors ?? [])
          expect(error.extensions.code, `${place}: ${error.message}`).not.toBe('INTERNAL_SERVER_ERROR');
        expect(JSON.stringify(answer)).not.toContain(SECRET);
      }
    }
    await expectUntouched();
  });
});

describe('REST', () => {
  const targets = NAMES.filter(([, name]) => name.length < 1_000).flatMap(([what, name]): [string, string][] => {
    const encoded = encodeURIComponent(sendable(name));
    return ['/artifacts/', '/dashboard-assets/', '/graphiql-assets/', '/'].flatMap((base): [string, string][] => [
      [`${base} and ${what}, encoded`, `${base}${encoded}`],
      [`${base} and ${what}, encoded twice`, `${base}${encodeURIComponent(encoded)}`],
    ]);
  });
  const raw: [string, string][] = ['/artifacts/', '/dashboard-assets/', '/graphiql-assets/', '/'].flatMap((base): [string, string][] => [
    [`${base} upwards`, `${base}../../secret.onnx`],
    [`${base} upwards, far`, `${base}${'../'.repeat(20)}etc/passwd`],
    [`${base} upwards, encoded`, `${base}%2e%2e/%2e%2e/secret.onnx`],
    [`${base} admin.token`, `${base}..%2fhome%2fadmin.token`],
    [`${base} backslashes`, `${base}..\\..\\secret.onnx`],
  ]);

  test('addresses that lead elsewhere lead nowhere', { timeout: 120_000 }, async () => {
    for (const [what, target] of [...targets, ...raw]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const lines = ['Host: 127.0.0.1', 'Connection: close', `Authorization: Bearer ${server.token}`, 'Content-Length: 1'];
        const { statuses, text } = await rawHttp(server.url, [`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\nx`]);
        // `/` itself, or `/.`, is the page; all else is refused.
        const allowed = method === 'GET' && /^(\/|\/%20|\/(dashboard|graphiql)-assets\/)$/.test(target) ? [200, 404] : [400, 404, 405];
        expect(allowed, `${method} ${what}: ${text.slice(0, 200)}`).toContain(statuses[0]);
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(server.token);
        expect(text).not.toContain('root:');
      }
    }
    await expectUntouched();
  });

  test.each(NAMES.filter(([, name]) => name.length < 1_000))('?name= of a download: %s', async (_what, name) => {
    const sha256 = await api.upload(Buffer.from('w'));
    const response = await fetch(`${server.url}/artifacts/${sha256}?name=${encodeURIComponent(sendable(name))}`);
    expect(response.status).toBe(200);
    const disposition = response.headers.get('content-disposition') ?? '';
    // One header, quoted well: no separator, no control character, no quote within.
    expect(disposition).toMatch(/^attachment; filename="[^"\\/\p{C}]*"(; filename\*=UTF-8''[\w!#$&+.^`|~%-]*)?$/u);
    expect(disposition).not.toMatch(/%(2f|5c|0d|0a|00)/i);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('texts that are allowed to hold anything readable', () => {
  const MARKUP = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'; DROP TABLE models; --", '{{7*7}}', '．．／outside'];

  test('come back as they were, as JSON, and as text in the terminal', async () => {
    const tasks = [{ name: 't', classes: MARKUP, negativeClass: MARKUP[0] }];
    const [description = ''] = MARKUP;
    expect((await api.query(CREATE, { input: { name: 'markup', description, tasks } })).createModel).toEqual({
      name: 'markup',
      description,
      tasks: [{ name: 't', classes: MARKUP }],
    });
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ model(name: "markup") { description } }' }),
    });
    expect(answer.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    const { code, stdout } = await runJuara(['list'], { JUARA_URL: server.url });
    expect(code).toBe(0);
    expect(stdout).toContain('markup');
  });

  test.each(NAMES.filter(([, name]) => /[^\w.%:;' -]/.test(name) && !name.includes('\0')))(
    'the command line takes %s for a name',
    async (_what, name) => {
      const { code, stdout, stderr } = await runJuara(['show', '--', sendable(name).slice(0, 10_000)], { JUARA_URL: server.url });
      expect(code).toBeGreaterThan(0);
      expect(stdout).toBe('');
      expect(stderr).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      expect(stderr).not.toMatch(/\bat .*\.(js|ts):\d/);
    },
  );
});
