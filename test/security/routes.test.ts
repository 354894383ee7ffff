import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { ROLES, type Role } from '../../src/domain/actor.js';
import { createApp } from '../../src/http/createApp.js';
import { createHttpServer } from '../../src/http/createHttpServer.js';
import { type RouteRight, routeRights } from '../../src/http/routeRights.js';
import { TokenWatch } from '../../src/http/tokenWatch.js';
import { type Api, createApi } from '../support/api.js';
import { openSchemaRegistry } from '../support/graphql.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, register } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** Who may call what, as the design says it. Every route of the server is here, and no other. */
const RIGHTS: Readonly<Record<string, RouteRight>> = {
  'GET /': 'open',
  'GET /dashboard-assets/assets/:file': 'open',
  'GET /graphiql-assets/assets/:file': 'open',
  'GET /health': 'open',
  'GET /health/ready': 'open',
  'GET /artifacts/:sha256': 'VIEWER',
  'PUT /artifacts/:sha256': 'AUTOMATION',
  'ANY /graphql': 'schema',
};

const BYTES = Buffer.from('an artifact of the model theirs');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

interface Route {
  readonly method: string;
  readonly url: string;
  readonly requires: RouteRight | undefined;
}

/** The routes that the server's own code registers, as Fastify is told of them. */
async function registeredRoutes(): Promise<Route[]> {
  const registry = await openSchemaRegistry();
  const { deps, feed, schema } = registry;
  const config = loadConfig({ JUARA_HOME: await temporaryFolder() });
  const app = createApp(config, null);
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url, config: own }) => {
    for (const one of [method].flat()) routes.push({ method: one, url, requires: own?.requires });
  });
  const watch = await TokenWatch.start({ feed, reads: deps.store.reads, onError: (error) => expect.fail(String(error)) });
  const authenticate = (): Promise<null> => Promise.resolve(null);
  const http = await createHttpServer(app, {
    config,
    deps,
    feed,
    schema,
    authenticate,
    watch,
    operations: null,
    pages: { dashboard: '', graphiql: '' },
  });
  await http.stop();
  await watch.end();
  await registry.close();
  return routes;
}

/** HEAD goes with GET; a GraphQL endpoint answers to every method, if only to say which it takes. */
function nameOf({ method, url }: Route): string {
  if (url === '/graphql') return `ANY ${url}`;
  return `${method === 'HEAD' ? 'GET' : method} ${url}`;
}

const routes = await registeredRoutes();
const tokens = new Map<Role, string>();
let server: TestServer;
let admin: Api;
beforeAll(async () => {
  server = await startTestServer({ JUARA_BEHIND_PROXY: 'true' });
  admin = createApi(server.url, server.token);
  for (const model of ['mine', 'theirs']) await createModel(admin, model);
  await register(admin, 'theirs', { files: { 'a.bin': BYTES } });
  for (const role of ROLES) tokens.set(role, await token(role));
});
afterAll(() => server?.stop());

async function token(role: Role, models: string[] | null = null): Promise<string> {
  const create = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }';
  return (await admin.query(create, { input: { name: 'routes', role, models } })).createToken.secret;
}

async function status({ method, url }: Route, secret: string | undefined): Promise<number> {
  const address = `${server.url}${url.replace(':sha256', SHA256).replace(':file', 'index.js')}`;
  const headers: Record<string, string> = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
  const response = await fetch(address, { method, headers, ...(method === 'PUT' ? { body: new Uint8Array(BYTES) } : {}) });
  await response.arrayBuffer();
  return response.status;
}

test('every route declares the right that the design gives it', () => {
  const found = Object.fromEntries(routes.map((route) => [nameOf(route), route.requires]));
  expect(found).toEqual(RIGHTS);
});

test('a route that declares no right stops the start', async () => {
  const app = createApp(loadConfig({ JUARA_HOME: await temporaryFolder() }), null);
  routeRights(app, () => Promise.resolve(null));
  expect(() => app.get('/planted', () => 'open to all')).toThrow('/planted declares no right');
  await app.close();
});

describe.each(['nobody', ...ROLES] as const)('%s', (name) => {
  test('gets where the routes say, and nowhere else', async () => {
    const asked = routes.filter(({ requires, method }) => requires !== 'schema' && method !== 'CONNECT' && method !== 'TRACE');
    const wanted = (requires: RouteRight): number | string => {
      if (requires === 'open' || requires === 'schema') return 'let in';
      if (name === 'nobody') return 401;
      return ROLES.indexOf(name) >= ROLES.indexOf(requires) ? 'let in' : 403;
    };
    for (const route of asked) {
      const found = await status(route, name === 'nobody' ? undefined : tokens.get(name));
      const verdict = found === 401 || found === 403 ? found : 'let in';
      expect([route.method, route.url, verdict]).toEqual([route.method, route.url, wanted(route.requires ?? 'ADMIN')]);
      expect(found).toBeLessThan(500);
    }
  });
});

test('a token that is bound to another model does not get the artifact, by GET and by HEAD', async () => {
  const [other, own] = [await token('ADMIN', ['mine']), await token('VIEWER', ['theirs'])];
  for (const method of ['GET', 'HEAD']) {
    const route = { method, url: '/artifacts/:sha256', requires: undefined };
    expect([await status(route, other), await status(route, own)]).toEqual([403, 200]);
  }
});

test('a wrong token uploads nothing', async () => {
  expect(await status({ method: 'PUT', url: '/artifacts/:sha256', requires: undefined }, 'juara_unknown')).toBe(401);
});
