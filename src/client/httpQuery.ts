import type { Connection, Query } from './connection.js';
import { JuaraClientError } from './JuaraClientError.js';
import { type GraphQLErrorBody, graphqlError, httpError, parseObject, unreachable } from './responseError.js';

/** GraphQL over HTTP: one POST an operation. */
export function httpQuery({ endpoint, fetch, authorization }: Omit<Connection, 'query'>): Query {
  return async <Result, Variables extends object>(document: string, variables?: Variables): Promise<Result> => {
    refuseNonFinite(variables ?? {}, 'variables');
    const response = await post(fetch, endpoint.graphql, await authorization(), { query: document, variables: variables ?? {} });
    const text = await response.text().catch((error: unknown) => {
      throw unreachable(endpoint.graphql, error);
    });
    const body = parseObject(text);
    if (Array.isArray(body?.errors) && body.errors.length > 0) throw graphqlError(body.errors as GraphQLErrorBody[]);
    if (!response.ok) throw httpError(response.status, text, endpoint.graphql);
    if (body === null || !('data' in body) || body.data === null) {
      throw new JuaraClientError('BAD_RESPONSE', `${endpoint.graphql} did not answer with GraphQL: is this the address of a Juara server?`);
    }
    return body.data as Result;
  };
}

async function post(fetch: Connection['fetch'], url: string, headers: Record<string, string>, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** JSON would turn NaN and Infinity into null without a word, and a metric would be gone. */
function refuseNonFinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new JuaraClientError('INVALID_NUMBER', `${path} is ${value}: send a finite number, or leave it out`);
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) refuseNonFinite(item, `${path}.${key}`);
}
