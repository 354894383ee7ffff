import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkWebhookUrl } from '../domain/webhookAddress.js';
import { publicLookup } from './guardedLookup.js';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole exchange, from the look-up to the end of the answer. */
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  /** Breaks the exchange off. */
  readonly signal: AbortSignal;
}

/** The answer's status, or why there is none. */
export type Answer = { readonly status: number; readonly retryAfter: string | null } | { readonly status: null; readonly error: string };

/** What is read of an answer's body, in bytes: nothing in it counts, but most receivers want to get rid of it. */
const BODY_LIMIT = 16 * 1024;

/** One POST on a connection of its own. Redirects are not followed: a redirect could lead anywhere. Never rejects. */
export function postMessage({ url, headers, body, timeoutMs, allowPrivate, signal }: Post): Promise<Answer> {
  return new Promise((resolve) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const breakOff = (): void => deadline.abort(new Error('the server is stopping'));
    signal.addEventListener('abort', breakOff);
    if (signal.aborted) breakOff();
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', breakOff);
      resolve(answer);
    };
    let answered: Answer | null = null;
    // The status counts once it has come, whatever becomes of the body.
    const fail = (error: unknown): void => settle(answered ?? { status: null, error: reason(deadline.signal, error) });
    try {
      // Literal addresses are never looked up, and the setting may have changed since the hook was made.
      const target = new URL(checkWebhookUrl(url, allowPrivate));
      const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
      const outgoing = request(target, {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        signal: deadline.signal,
        ...(allowPrivate ? {} : { lookup: publicLookup }),
      });
      outgoing.on('response', (response) => {
        answered = answerOf(response);
        discard(response);
      });
      outgoing.on('error', fail);
      outgoing.on('close', () => fail(new Error('the connection was closed without an answer')));
      outgoing.end(body);
    } catch (error) {
      fail(error);
    }
  });
}

function answerOf({ statusCode, headers }: IncomingMessage): Answer {
  return { status: statusCode ?? 0, retryAfter: headers['retry-after'] ?? null };
}

function discard(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > BODY_LIMIT) response.destroy();
  });
  response.on('error', () => undefined);
}

function reason(deadline: AbortSignal, error: unknown): string {
  const cause: unknown = deadline.aborted ? deadline.reason : error;
  const text = cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code ?? cause.name) : String(cause);
  return text.slice(0, 500);
}
