/** An answer of the API, or the lack of one. */
export type Asked<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  /** Nothing is known: the connection broke, or the server was not able to say. It may have happened. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** One GraphQL request over HTTP, with nothing that would try again by itself. */
export async function ask<Data>(url: string, token: string, query: string, variables: object = {}): Promise<Asked<Data>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  let body: Body<Data>;
  try {
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }), signal });
    body = (await response.json()) as Body<Data>;
  } catch {
    return { kind: 'unknown' };
  }
  const error = body.errors?.[0];
  if (error === undefined && body.data != null) return { kind: 'data', data: body.data };
  const code = error?.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
  if (['INTERNAL_SERVER_ERROR', 'UNAVAILABLE'].includes(code)) return { kind: 'unknown' };
  return { kind: 'refused', code, message: error?.message ?? '' };
}

/** For what must succeed, once the server is there. */
export async function demand<Data>(url: string, token: string, query: string, variables: object = {}): Promise<Data> {
  const asked = await ask<Data>(url, token, query, variables);
  if (asked.kind === 'data') return asked.data;
  throw new Error(asked.kind === 'refused' ? `${asked.code}: ${asked.message}` : `no answer from ${url} to ${query}`);
}
