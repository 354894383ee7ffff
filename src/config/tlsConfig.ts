import { resolve } from 'node:path';
import { type Environment, invalid, parsedOrNull } from './readSetting.js';
import { SERVER_SETTINGS as S } from './settings.js';

/** Absolute paths of files in PEM. */
export interface TlsConfig {
  readonly cert: string;
  readonly key: string;
}

/** Null where neither file is named; one without the other is refused. */
export function tlsConfig(env: Environment): TlsConfig | null {
  const cert = parsedOrNull(env, S.tlsCert);
  const key = parsedOrNull(env, S.tlsKey);
  if (cert === null && key === null) return null;
  if (cert === null) throw invalid('JUARA_TLS_KEY takes JUARA_TLS_CERT beside it: the file with the certificate');
  if (key === null) throw invalid("JUARA_TLS_CERT takes JUARA_TLS_KEY beside it: the file with the certificate's private key");
  return Object.freeze({ cert: resolve(cert), key: resolve(key) });
}
