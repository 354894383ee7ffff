import { JuaraClientError } from './JuaraClientError.js';

/** The addresses under one base URL. */
export interface Endpoint {
  readonly base: string;
  readonly graphql: string;
  readonly socket: string;
  artifact(sha256: string): string;
}

/** Takes the server's address with or without a trailing slash or `/graphql`; a path before it (behind a proxy) is kept. */
export function endpoint(url: string): Endpoint {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new JuaraClientError('INVALID_INPUT', `${JSON.stringify(url)} is not an http(s) address, e.g. http://127.0.0.1:4000`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new JuaraClientError('INVALID_INPUT', 'the address holds a user or a password: give the token instead');
  }
  const base = `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '').replace(/\/graphql$/, '');
  return {
    base,
    graphql: `${base}/graphql`,
    socket: `${base.replace(/^http/, 'ws')}/graphql`,
    artifact: (sha256) => `${base}/artifacts/${sha256}`,
  };
}
