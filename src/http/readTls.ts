import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.js';
import { JuaraError } from '../domain/errors.js';
import { isLoopback } from './loopback.js';

/** PEM, checked against each other. */
export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

function invalid(message: string): JuaraError {
  return new JuaraError('CONFIG_INVALID', message);
}

async function readPem(name: string, path: string): Promise<Buffer> {
  return readFile(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw invalid(`${name} names ${path}, which cannot be read (${code})`);
  });
}

/** The parser's own words are left out: they may quote what the file holds. */
function understood<T>(read: () => T, message: string): T {
  try {
    return read();
  } catch {
    throw invalid(message);
  }
}

/** Tokens and models must not cross a network in the clear because nobody thought of it. */
function refuseBareNetwork({ host, behindProxy }: Pick<Config, 'host' | 'behindProxy'>): void {
  if (isLoopback(host) || behindProxy) return;
  const ways = [
    'listen on this machine only (JUARA_HOST=127.0.0.1)',
    'serve TLS (JUARA_TLS_CERT and JUARA_TLS_KEY)',
    'put a proxy that ends TLS in front, and say so (JUARA_BEHIND_PROXY=1)',
  ];
  throw invalid(`JUARA_HOST is ${host}, which others reach, and tokens would go there unencrypted: ${ways.join('; or ')}`);
}

/** What to serve https with; null for plain http. CONFIG_INVALID where the files do not serve, or where plain http must not be served. */
export async function readTls(config: Pick<Config, 'host' | 'behindProxy' | 'tls'>): Promise<Tls | null> {
  if (config.tls === null) {
    refuseBareNetwork(config);
    return null;
  }
  const cert = await readPem('JUARA_TLS_CERT', config.tls.cert);
  const key = await readPem('JUARA_TLS_KEY', config.tls.key);
  const certificate = understood(
    () => new X509Certificate(cert),
    `JUARA_TLS_CERT names ${config.tls.cert}, which holds no certificate in PEM`,
  );
  const privateKey = understood(
    () => createPrivateKey(key),
    `JUARA_TLS_KEY names ${config.tls.key}, which holds no private key in PEM, or one with a passphrase`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw invalid(`JUARA_TLS_KEY (${config.tls.key}) is not the key of the certificate in JUARA_TLS_CERT (${config.tls.cert})`);
  }
  return { cert, key };
}
