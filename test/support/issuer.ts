import { once } from 'node:events';
import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'juara-registry';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A real identity provider, as far as a resource server sees one: discovery, keys, signed tokens. */
export interface Issuer {
  readonly url: string;
  /** The key that signs until another one is published. */
  readonly key: SigningKey;
  /** What it was asked for, by path. */
  readonly asked: readonly string[];
  /** Publishes these keys and no other. */
  publish(...keys: readonly SigningKey[]): void;
  /** Down: it answers 503 to everything. */
  setDown(down: boolean): void;
  /** An access token for ten minutes; a claim or header parameter that is undefined is left out. */
  token(claims?: JWTPayload, header?: Partial<JWTHeaderParameters>, key?: SigningKey): Promise<string>;
  stop(): Promise<void>;
}

export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

export async function signingKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** `metadata` stands in the place of what discovery says by itself. */
export async function startIssuer(metadata: Readonly<Record<string, unknown>> = {}): Promise<Issuer> {
  const first = await signingKey('first');
  const state = { keys: [first] as readonly SigningKey[], down: false };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys`, ...metadata },
      '/keys': { keys: state.keys.map((k) => k.publicJwk) },
    };
    const document = state.down ? undefined : documents[path];
    response.statusCode = state.down ? 503 : document === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    key: first,
    asked,
    publish(...keys) {
      state.keys = keys;
    },
    setDown(down) {
      state.down = down;
    },
    async token(claims = {}, header = {}, key = state.keys[0] ?? first) {
      const standard = { iss: url, aud: AUDIENCE, sub: 'user-1', iat: inSeconds(0), exp: inSeconds(600), roles: ['reader'] };
      const { kid, alg } = key;
      const head: JWTHeaderParameters = { typ: 'at+jwt', kid, alg, ...header };
      return new SignJWT({ ...standard, ...claims }).setProtectedHeader(head).sign(key.privateKey);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
