import { createHash } from 'node:crypto';

export interface ApiError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly details?: Record<string, unknown> };
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers by path; a wrong path fails the assertion on it.
  readonly data: any;
  readonly errors?: readonly ApiError[];
}

/** A client of the public API with nothing between the test and the wire. */
export interface Api {
  /** Data and errors as they came. */
  send(document: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Data; throws where there are errors. */
  query(document: string, variables?: Record<string, unknown>): Promise<Answer['data']>;
  /** The code of the first error; fails where there is none. */
  refusal(document: string, variables?: Record<string, unknown>): Promise<string>;
  /** Uploads and answers with the digest. */
  upload(bytes: Buffer): Promise<string>;
}

export function createApi(url: string, token: string | null): Api {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const send: Api['send'] = async (query, variables) => {
    const headers = { 'content-type': 'application/json', ...authorization };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as Answer;
  };
  return {
    send,
    async query(document, variables) {
      const { data, errors } = await send(document, variables);
      if (errors !== undefined) throw new Error(errors.map((e) => `${e.extensions.code}: ${e.message}`).join('; '));
      return data;
    },
    async refusal(document, variables) {
      const { errors } = await send(document, variables);
      if (errors?.[0] === undefined) throw new Error('the request was not refused');
      return errors[0].extensions.code;
    },
    async upload(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const response = await fetch(`${url}/artifacts/${sha256}`, { method: 'PUT', headers: authorization, body: new Uint8Array(bytes) });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return sha256;
    },
  };
}
