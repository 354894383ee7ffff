import { z } from 'zod';
import { safeUrl } from '../../config/safeUrl.js';

const METADATA = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** Where the issuer keeps its keys (OpenID Connect Discovery 1.0, 4). Throws where its answer is not its own, or names an unsafe address. */
export async function discoverJwksUri(issuer: string, ask: (url: string) => Promise<Response>): Promise<string> {
  const response = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const found = METADATA.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`the provider calls itself ${found.issuer}, not ${issuer} (JUARA_OIDC_ISSUER)`);
  if (!safeUrl(found.jwks_uri)) throw new Error(`the provider's keys are at ${found.jwks_uri}, which is not https`);
  return found.jwks_uri;
}
