import { type AuditResult, auditServer } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

const STATUS_400 =
  'a refused document is 400 with either media type: the specification leaves it to the server, and what watches statuses should see it';

/** What the suite would like otherwise, and why we do not. */
const EXPLAINED: Readonly<Record<string, string>> = {
  '572B': STATUS_400,
  FDE2: STATUS_400,
  '7B9B': STATUS_400,
};

/** Without a header that takes a preflight a GET is refused, because any page may make a browser send one (CSRF). */
const WITHOUT_PREFLIGHT: Readonly<Record<string, string>> = {
  '5A70': 'a GET of a form needs such a header',
  D6D5: 'a GET that names no content type needs such a header',
  '6A70': 'a GET that names no content type needs such a header',
};

let server: TestServer;

beforeAll(async () => {
  // The audits ask for __type, which production keeps to itself.
  server = await startTestServer({ JUARA_ENV: 'development' });
});
afterAll(() => server?.stop());

const failures = (results: readonly AuditResult[]): Record<string, string> =>
  Object.fromEntries(results.flatMap((r) => (r.status === 'ok' ? [] : [[r.id, `${r.status}: ${r.name}`]])));

async function audit(headers: Record<string, string>): Promise<Record<string, string>> {
  const fetchFn = (url: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } });
  const results = await auditServer({ url: `${server.url}/graphql`, fetchFn });
  expect(results.length).toBeGreaterThan(50);
  return failures(results);
}

test('the graphql-http audit suite has nothing to say that is not explained', async () => {
  const found = await audit({ 'apollo-require-preflight': 'true' });
  expect(Object.keys(found).sort()).toEqual(Object.keys(EXPLAINED).sort());
  expect(JSON.stringify(found)).not.toContain('error:');
});

test('without the preflight header only GETs are refused besides', async () => {
  const found = await audit({});
  expect(Object.keys(found).sort()).toEqual(Object.keys({ ...EXPLAINED, ...WITHOUT_PREFLIGHT }).sort());
  expect(JSON.stringify(found)).not.toContain('error:');
});
