import type { FastifyBaseLogger } from 'fastify';
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';
import type { OidcConfig } from '../../config/oidcConfig.js';
import { TransportError } from '../transportError.js';
import { discoverJwksUri } from './discoverJwksUri.js';

/** Between two questions for a key that is not there, and after one that was not answered: invented key ids must not become traffic. */
const ASK_AGAIN_MS = 5_000;
/** After this long the keys are fetched anew, so that one that the provider took back does not count for ever. */
const REFRESH_MS = 600_000;
const TIMEOUT_MS = 5_000;

/** What jose says of a token whose key is not in the set, as opposed to a set that could not be had. */
const OF_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/**
 * The provider's public keys. Fetched when the first token comes, again for an unknown key id, and every ten minutes beside the requests:
 * while the provider is down, the keys that are known go on. UNAVAILABLE where they are needed and cannot be had.
 */
export class OidcKeys {
  private source: Promise<RemoteJWKSet> | null = null;
  private refreshAt = Number.POSITIVE_INFINITY;
  private quietUntil = 0;

  constructor(
    private readonly config: Pick<OidcConfig, 'issuer' | 'jwksUri'>,
    private readonly log: Pick<FastifyBaseLogger, 'warn'>,
  ) {}

  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      const keys = await this.keys();
      if (performance.now() > this.refreshAt && !keys.reloading) void this.refresh(keys);
      return await keys(header, token);
    } catch (error) {
      if (OF_THE_TOKEN.some((kind) => error instanceof kind)) throw error;
      this.failed(error);
      throw new TransportError('UNAVAILABLE', 'the identity provider does not answer, so that access tokens cannot be checked: try again');
    }
  };

  private keys(): Promise<RemoteJWKSet> {
    this.source ??= this.open().catch((error: unknown) => {
      this.source = null;
      throw error;
    });
    return this.source;
  }

  private async open(): Promise<RemoteJWKSet> {
    const { issuer, jwksUri } = this.config;
    const ask = (url: string, options: RequestInit): Promise<Response> => this.ask(url, options);
    const uri =
      jwksUri ?? (await discoverJwksUri(issuer, (url) => ask(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })));
    const keys = createRemoteJWKSet(new URL(uri), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: ASK_AGAIN_MS,
      // jose would let requests wait for a fetch, and fail with it; see refresh().
      cacheMaxAge: Number.POSITIVE_INFINITY,
      [customFetch]: ask,
    });
    this.refreshAt = performance.now() + REFRESH_MS;
    return keys;
  }

  private async refresh(keys: RemoteJWKSet): Promise<void> {
    try {
      await keys.reload();
      this.refreshAt = performance.now() + REFRESH_MS;
    } catch (error) {
      // Another login tries again.
      this.failed(error);
    }
  }

  private async ask(url: string, options: RequestInit): Promise<Response> {
    if (this.isQuiet()) throw new Error('the provider did not answer a moment ago');
    const response = await fetch(url, options);
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    return response;
  }

  /** What many logins run into together is logged once. */
  private failed(error: unknown): void {
    if (this.isQuiet()) return;
    this.quietUntil = performance.now() + ASK_AGAIN_MS;
    this.log.warn({ err: error }, 'the keys of the identity provider cannot be had');
  }

  private isQuiet(): boolean {
    return performance.now() < this.quietUntil;
  }
}
