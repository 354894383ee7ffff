import type { Endpoint } from './endpoint.js';
import type { Operation } from './operation.js';

/** A fixed token, or a function that is asked before each request and each (re)connection, for tokens that are renewed. */
export type Token = string | (() => string | Promise<string>);

/** What each group of calls is given. */
export interface Connection {
  readonly endpoint: Endpoint;
  readonly fetch: typeof globalThis.fetch;
  /** `{ authorization: 'Bearer ...' }`, or nothing for the anonymous viewer. */
  authorization(): Promise<Record<string, string>>;
  query: Query;
}

/** Runs a query or mutation; throws JuaraClientError for the first error that the server names. */
export type Query = <Result, Variables extends object = Record<string, unknown>>(
  document: Operation<Result, Variables>,
  variables?: Variables,
) => Promise<Result>;

export function authorizer(token: Token | undefined): Connection['authorization'] {
  return async () => {
    const value = typeof token === 'function' ? await token() : token;
    const headers: Record<string, string> = value === undefined || value === '' ? {} : { authorization: `Bearer ${value}` };
    return headers;
  };
}
