import { JuaraClientError } from './JuaraClientError.js';

export interface GraphQLErrorBody {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The first error of a GraphQL answer, its details, and the rest of the errors beside them. */
export function graphqlError(errors: readonly GraphQLErrorBody[]): JuaraClientError {
  const [first, ...others] = errors;
  const { code, details: given } = first?.extensions ?? {};
  const details = isObject(given) ? given : {};
  const all = others.length > 0 ? { ...details, others: others.map((e) => e.message) } : details;
  return new JuaraClientError(typeof code === 'string' ? code : 'BAD_RESPONSE', first?.message ?? 'the server named no error', all);
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'ARTIFACT_NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
};

/** An answer outside of GraphQL: `{ code, message }` where the server sends it, else what the status says. */
export function httpError(status: number, text: string, what: string): JuaraClientError {
  const body = parseObject(text);
  const inner = isObject(body?.error) ? body.error : body;
  const code = typeof inner?.code === 'string' ? inner.code : (CODE_OF_STATUS[status] ?? 'BAD_RESPONSE');
  const message = typeof inner?.message === 'string' ? inner.message : `${what}: the server answered ${status}`;
  return new JuaraClientError(code, message, { ...(isObject(inner?.details) ? inner.details : {}), status });
}

/** No answer came. The cause says whether the address, the network or the server is at fault. */
export function unreachable(url: string, error: unknown): JuaraClientError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause);
  return new JuaraClientError('UNREACHABLE', `no answer from ${url}: ${said}`, {}, { cause: error });
}

export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
