import { createHash } from 'node:crypto';
import { type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CloseCode } from '../../src/http/closeCodes.js';
import { createApi } from '../support/api.js';
import { AUDIENCE, type Issuer, inSeconds, signingKey, startIssuer } from '../support/issuer.js';
import { type Settings, startTestServer, type TestServer } from '../support/server.js';
import { socketLogin } from '../support/socketLogin.js';
import { createModel } from '../support/steps.js';

const VIEWER = '{ viewer { name role } }';
const BYTES = Buffer.from('bytes');
const DIGEST = createHash('sha256').update(BYTES).digest('hex');

let issuer: Issuer;
let server: TestServer;

const settings = ({ url }: Issuer, more: Settings = {}): Settings => ({
  JUARA_OIDC_ISSUER: url,
  JUARA_OIDC_AUDIENCE: AUDIENCE,
  JUARA_OIDC_ROLES: 'reader=VIEWER,pipeline=AUTOMATION,ml-ops=OPERATOR,root=ADMIN',
  JUARA_MAX_FAILED_LOGINS: '0',
  ...more,
});

async function answer(token: string, { url } = server): Promise<{ status: number; code?: string; message?: string; viewer?: unknown }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: VIEWER }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { viewer: unknown };
    errors?: { message: string; extensions: { code: string } }[];
  };
  const [error] = errors ?? [];
  const refused = error === undefined ? {} : { code: error.extensions.code, message: error.message };
  return { status: response.status, ...refused, ...(data == null ? {} : { viewer: data.viewer }) };
}

const upload = (token: string): Promise<Response> =>
  fetch(`${server.url}/artifacts/${DIGEST}`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: BYTES });

beforeAll(async () => {
  issuer = await startIssuer();
  server = await startTestServer(settings(issuer));
});
afterAll(async () => {
  await server?.stop();
  await issuer?.stop();
});

describe('an access token of the provider', () => {
  test.each([
    [['reader'], 'VIEWER'],
    [['pipeline', 'else'], 'AUTOMATION'],
    [['reader', 'ml-ops', 'pipeline'], 'OPERATOR'],
    ['reader root', 'ADMIN'],
  ])('with the roles %j is %s', async (roles, role) => {
    expect(await answer(await issuer.token({ roles }))).toEqual({ status: 200, viewer: { name: 'oidc:user-1', role } });
  });

  test('opens WebSockets and uploads as far as its role goes', async () => {
    const [reader, pipeline] = [await issuer.token(), await issuer.token({ roles: ['pipeline'] })];
    expect(await socketLogin(server.url, `Bearer ${reader}`)).toEqual({ acknowledged: true });
    expect((await upload(reader)).status).toBe(403);
    expect((await upload(pipeline)).status).toBe(201);
  });

  test.each(['RS256', 'PS384', 'EdDSA'])('may be signed with %s', async (alg) => {
    const other = await signingKey(`key-${alg}`, alg);
    issuer.publish(issuer.key, other);
    const token = await issuer.token({}, {}, other);
    // A key that is not known yet is asked for at most once in five seconds.
    await expect.poll(async () => (await answer(token)).status, { timeout: 20_000, interval: 500 }).toBe(200);
  });

  test('is named in the log as no token of ours can be', async () => {
    const root = createApi(server.url, await issuer.token({ roles: ['root'], sub: 'boss' }));
    await createModel(root, 'named');
    const { events } = await root.query('{ events(after: "") { nodes { type actor } } }');
    expect(events.nodes).toContainEqual({ type: 'MODEL_CREATED', actor: 'oidc:boss' });
    for (const name of ['oidc:boss', ' OIDC:boss']) {
      expect(await root.refusal('mutation ($n: String!) { createToken(input: { name: $n, role: VIEWER }) { secret } }', { n: name })).toBe(
        'INVALID_NAME',
      );
    }
  });
});

describe('is refused, on every transport', () => {
  const cases: [string, JWTPayload, Partial<JWTHeaderParameters>, RegExp][] = [
    ['another audience', { aud: 'someone-else' }, {}, /"aud"/],
    ['no audience', { aud: undefined } as JWTPayload, {}, /"aud"/],
    ['another issuer', { iss: 'http://127.0.0.1:1' }, {}, /"iss"/],
    ['an end that has passed', { exp: inSeconds(-60) }, {}, /expired/],
    ['no end', { exp: undefined } as JWTPayload, {}, /"exp"/],
    ['a beginning that is to come', { nbf: inSeconds(60) }, {}, /"nbf"/],
    ['an unknown key', {}, { kid: 'unknown' }, /no applicable key/],
    ['the type of a logout token', {}, { typ: 'logout+jwt' }, /not an access token/],
    ['the nonce of an ID token', { nonce: 'n' }, { typ: 'JWT' }, /not an access token/],
    ['the kind of a refresh token', { typ: 'Refresh' }, { typ: 'JWT' }, /not an access token/],
    ['the use of an ID token', { token_use: 'id' }, { typ: undefined } as JWTHeaderParameters, /not an access token/],
    ['a name that holds a line break', { sub: 'a\nb' }, {}, /control character/],
    ['no name', { sub: undefined } as JWTPayload, {}, /JUARA_OIDC_NAME_CLAIM/],
  ];
  test.each(cases)('%s', async (_name, claims, header, message) => {
    const token = await issuer.token(claims, header);
    expect(await answer(token)).toEqual({ status: 401, code: 'UNAUTHENTICATED', message: expect.stringMatching(message) });
    expect((await upload(token)).status).toBe(401);
    expect(await socketLogin(server.url, `Bearer ${token}`)).toMatchObject({ code: CloseCode.Unauthorized });
  });

  test.each<[string, JWTPayload]>([
    ['no role', { roles: [] }],
    ['roles of which none counts here', { roles: ['READER', 'constructor', '__proto__'] }],
    ['no role claim', { roles: undefined }],
    ['roles that are no texts', { roles: { reader: true } }],
  ])('%s is FORBIDDEN', async (_name, claims) => {
    const token = await issuer.token(claims);
    expect(await answer(token)).toMatchObject({ status: 403, code: 'FORBIDDEN', message: expect.stringContaining('JUARA_OIDC_ROLES') });
    expect((await upload(token)).status).toBe(403);
    expect(await socketLogin(server.url, `Bearer ${token}`)).toMatchObject({ code: CloseCode.Forbidden });
  });

  test('HS256 with the public key as its secret, and alg none', async () => {
    const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'user-1', exp: inSeconds(600), roles: ['root'] };
    const secret = new TextEncoder().encode(JSON.stringify(issuer.key.publicJwk));
    const hmac = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first', typ: 'at+jwt' }).sign(secret);
    for (const token of [hmac, new UnsecuredJWT(claims).encode()]) expect(await answer(token)).toMatchObject({ status: 401 });
  });

  test('a claim that was changed after signing', async () => {
    const [head, , signature] = (await issuer.token()).split('.');
    const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'user-1', exp: inSeconds(600), roles: ['root'] };
    const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect(await answer(forged)).toMatchObject({ status: 401, message: expect.stringContaining('signature') });
  });

  test('a key of the same id that the provider never published', async () => {
    const foreign = await signingKey(issuer.key.kid);
    expect(await answer(await issuer.token({}, {}, foreign))).toMatchObject({ status: 401 });
  });
});

test.each<[JWTPayload, Partial<JWTHeaderParameters>]>([
  [{}, { typ: 'JWT' }],
  [{}, { typ: undefined } as JWTHeaderParameters],
  [{ nonce: 'n', typ: 'Bearer' }, { typ: 'JWT' }],
  [{ token_use: 'access' }, { typ: undefined } as JWTHeaderParameters],
])('what providers write in the place of at+jwt is taken too: %j %j', async (claims, header) => {
  expect(await answer(await issuer.token(claims, header))).toMatchObject({ status: 200 });
});

test('tokens of our own go on beside it', async () => {
  expect(await answer(server.token)).toMatchObject({ status: 200, viewer: { name: 'admin' } });
});

test('without a provider an access token is nothing', async () => {
  const plain = await startTestServer();
  expect(await answer(await issuer.token(), plain)).toMatchObject({ status: 401 });
  await plain.stop();
});

describe('other claims', () => {
  let other: TestServer;
  beforeAll(async () => {
    other = await startTestServer(
      settings(issuer, {
        JUARA_OIDC_JWKS_URI: `${issuer.url}/keys`,
        JUARA_OIDC_ROLE_CLAIM: 'realm_access.roles',
        JUARA_OIDC_MODELS_CLAIM: 'https://example.org/models',
        JUARA_OIDC_NAME_CLAIM: 'email',
      }),
    );
    for (const name of ['mine', 'theirs']) await createModel(createApi(other.url, other.token), name);
  });
  afterAll(() => other?.stop());
  const claims = (models: unknown): JWTPayload => ({
    realm_access: { roles: ['ml-ops'] },
    roles: ['root'],
    email: 'a@example.org',
    'https://example.org/models': models,
  });

  test('say role, models and name', async () => {
    const token = await issuer.token(claims(['mine']));
    expect(await answer(token, other)).toEqual({ status: 200, viewer: { name: 'oidc:a@example.org', role: 'OPERATOR' } });
    const api = createApi(other.url, token);
    expect((await api.query('{ model(name: "mine") { name } }')).model).toEqual({ name: 'mine' });
    expect(await api.refusal('{ model(name: "theirs") { name } }')).toBe('FORBIDDEN');
  });

  test('a star is all models; no claim is none', async () => {
    const everything = createApi(other.url, await issuer.token(claims('*')));
    expect((await everything.query('{ model(name: "theirs") { name } }')).model).toEqual({ name: 'theirs' });
    for (const models of [undefined, 7, ['mine', 7]]) {
      expect(await answer(await issuer.token(claims(models)), other)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
  });
});

describe('keys', () => {
  test('are fetched once for many tokens; a new key counts as soon as it is published, one that is gone no more', async () => {
    const own = await startIssuer();
    const mine = await startTestServer(settings(own));
    const old = await own.token();
    await Promise.all(Array.from({ length: 20 }, () => answer(old, mine)));
    expect(own.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
    const next = await signingKey('second');
    const token = await own.token({}, {}, next);
    expect(await answer(token, mine)).toMatchObject({ status: 401 });
    own.publish(next);
    await expect.poll(async () => (await answer(token, mine)).status, { timeout: 20_000, interval: 500 }).toBe(200);
    expect(await answer(old, mine)).toMatchObject({ status: 401 });
    await mine.stop();
    await own.stop();
  });

  test.each([
    ['another issuer', { issuer: 'https://id.example.org' }, 'calls itself https://id.example.org'],
    ['keys that anyone on the way could change', { jwks_uri: 'http://id.example.org/keys' }, 'which is not https'],
    ['nothing that is needed', { jwks_uri: undefined }, 'jwks_uri'],
  ])('are not taken from a provider that names %s, and the log says so', async (_name, metadata, said) => {
    const own = await startIssuer(metadata);
    const mine = await startTestServer(settings(own));
    expect(await answer(await own.token(), mine)).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(mine.logs().stderr).toContain(said);
    await mine.stop();
    await own.stop();
  });

  test('that cannot be had are no failed login; those that are known go on without the provider', async () => {
    const own = await startIssuer();
    own.setDown(true);
    const mine = await startTestServer(settings(own, { JUARA_MAX_FAILED_LOGINS: '1' }));
    const token = await own.token();
    for (let i = 0; i < 5; i += 1) expect(await answer(token, mine)).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(await socketLogin(mine.url, `Bearer ${token}`)).toMatchObject({ code: CloseCode.TryAgainLater });
    expect(own.asked).toEqual(['/.well-known/openid-configuration']);
    expect(mine.logs().stderr.trim().split('\n')).toHaveLength(1);
    expect(mine.logs().stderr).toContain('/.well-known/openid-configuration answered 503');
    expect(mine.logs().stderr).not.toContain('a login failed');
    own.setDown(false);
    await expect.poll(async () => (await answer(token, mine)).status, { timeout: 20_000, interval: 500 }).toBe(200);
    await own.stop();
    expect(await answer(token, mine)).toMatchObject({ status: 200 });
    await mine.stop();
  });
});
