import type { Config } from '../config.js';
import { JuaraError } from '../domain/errors.js';
import { isLoopback } from './loopback.js';
import { TransportError } from './transportError.js';

/**
 * Refuses a Host header that is none, and, where anyone on this machine may read without a token, a Host that is not this machine:
 * a page of evil.example whose name resolves to 127.0.0.1 (DNS rebinding) is of the same origin to its browser, but names itself here.
 */
export function checkHost(host: string | undefined, config: Pick<Config, 'host' | 'behindProxy' | 'allowedOrigins' | 'tls'>): void {
  if (host === undefined) return;
  const address = `http://${host}/`;
  if (!URL.canParse(address)) throw new TransportError('BAD_REQUEST', 'the Host header is malformed');
  if (config.behindProxy || !isLoopback(config.host)) return;
  const named = new URL(address);
  if (isLoopback(named.hostname) || config.allowedOrigins.some((origin) => new URL(origin).hostname === named.hostname)) return;
  const advice = `use http${config.tls === null ? '' : 's'}://${config.host}, or name the origin in JUARA_ALLOWED_ORIGINS`;
  throw new JuaraError('FORBIDDEN', `this server listens on ${config.host} only and is not ${named.hostname}: ${advice}`);
}
