import { readFile } from 'node:fs/promises';
import { getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Api, createApi } from '../support/api.js';
import { askOverSocket } from '../support/asked.js';
import { runJuara } from '../support/juara.js';
import { mutated } from '../support/mutated.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, promote, register } from '../support/steps.js';
import { Seeded } from '../torture/seeded.js';

const SEED = 20_260_210;
const OVER_HTTP = 4_000;
const OVER_SOCKET = 6_000;
const CONNECTIONS = 4;
const BATCH = 50;
/** A few seconds on an idle machine; several test files share it. */
const TIMEOUT_MS = 180_000;

/** What the valid documents are sent with; variables that a document does not have are left aside. */
const VARIABLES = {
  ...{ model: 'm', name: 'm', version: '1.0.0', base: '1.0.0', candidate: '1.0.1', first: 20, reigns: 5, metric: 'accuracy' },
  ...{ id: 'none', decision: 'none', search: 'm', filter: {}, status: [], reason: 'mutated', events: [], eventIds: [], eventId: 'E' },
};

let server: TestServer;
let admin: Api;
let viewer: string;
let documents: readonly string[];

beforeAll(async () => {
  server = await startTestServer({ JUARA_LOG_LEVEL: 'error' });
  admin = createApi(server.url, server.token);
  await createModel(admin, 'm');
  for (const version of ['1.0.0', '1.0.1']) await register(admin, 'm', { version, metrics: { accuracy: 90 } });
  await promote(admin, 'm', '1.0.0');
  viewer = (await admin.query('mutation { createToken(input: { name: "v", role: VIEWER }) { secret } }')).createToken.secret;
  const listed = JSON.parse(await readFile('dist/operations.json', 'utf8')) as Record<string, string>;
  documents = Object.values(listed).filter((text) => getOperationAST(parse(text))?.operation !== 'subscription');
});
afterAll(() => server?.stop());

const head = async (): Promise<unknown> => (await admin.query('{ eventHistory(first: 1) { nodes { seq hash } } }')).eventHistory.nodes;

/** A document, or now and then the whole request, with something wrong. */
function request(random: Seeded): string {
  const document = random.pick(documents) ?? '';
  const whole = random.chance(0.2);
  const body = JSON.stringify({ query: whole ? document : mutated(document, random), variables: VARIABLES });
  return whole ? mutated(body, random) : body;
}

/** Neither a masked error nor anything but JSON. */
function isFault(text: string): boolean {
  return !text.startsWith('{"') || text.includes('INTERNAL_SERVER_ERROR');
}

async function send(body: string): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${viewer}` };
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

test(
  `${OVER_HTTP} mutated requests over HTTP: none is a fault of the server, and some are answered`,
  async () => {
    const random = new Seeded(SEED);
    const before = await head();
    const statuses = new Map<number, number>();
    const faults: string[] = [];
    let left = OVER_HTTP;
    const connection = async (): Promise<void> => {
      while (left-- > 0) {
        const body = request(random);
        const { status, text } = await send(body);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500 || isFault(text)) faults.push(`${status} ${text} to ${body}`);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    expect(faults).toEqual([]);
    expect(statuses.get(400)).toBeGreaterThan(OVER_HTTP / 4);
    expect(statuses.get(200)).toBeGreaterThan(OVER_HTTP / 50);
    expect(await head()).toEqual(before);
  },
  TIMEOUT_MS,
);

test(
  `${OVER_SOCKET} mutated documents over one WebSocket, which lives on`,
  async () => {
    const random = new Seeded(SEED + 1);
    const before = await head();
    const faults: string[] = [];
    const socket = await askOverSocket(server, viewer);
    for (let sent = 0; sent < OVER_SOCKET; sent += BATCH) {
      const batch = Array.from({ length: BATCH }, () => mutated(random.pick(documents) ?? '', random));
      const answers: Answer[] = await Promise.all(batch.map((document) => socket.ask(document, VARIABLES)));
      for (const [i, answer] of answers.entries())
        if (isFault(JSON.stringify(answer))) faults.push(`${JSON.stringify(answer)} to ${batch[i]}`);
    }
    expect(faults).toEqual([]);
    expect((await socket.ask('{ viewer { role } }')).data).toEqual({ viewer: { role: 'VIEWER' } });
    socket.close();
    expect(await head()).toEqual(before);
  },
  TIMEOUT_MS,
);

test('afterwards the server has logged no fault, and its database is whole', async () => {
  expect(server.logs().stderr).toBe('');
  expect((await admin.query('{ registrySummary { models versions } }')).registrySummary).toEqual({ models: 1, versions: 2 });
  await server.stop();
  const { code, stdout, stderr } = await runJuara(['verify', '--log-only', '--home', server.home]);
  expect(stderr).toBe('');
  expect(code, stdout).toBe(0);
});
