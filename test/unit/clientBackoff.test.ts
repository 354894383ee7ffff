import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelay, wait } from '../../src/client/backoff.js';
import { endpoint } from '../../src/client/endpoint.js';
import { terminalError } from '../../src/client/watchErrors.js';

describe('backoffDelay', () => {
  it('doubles up to the limit, at least half of it certain', () => {
    const options = { baseMs: 100, maxMs: 1000 };
    expect([0, 1, 2, 3, 4, 50].map((n) => backoffDelay(n, options, () => 1))).toEqual([100, 200, 400, 800, 1000, 1000]);
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = backoffDelay(attempt, options, () => random);
        return delay >= 50 && delay <= 1000;
      }),
    );
  });

  it('is cut short by the signal', async () => {
    const stop = new AbortController();
    const waiting = wait(3_600_000, stop.signal);
    stop.abort();
    await waiting;
  });
});

describe('endpoint', () => {
  it('takes the address as people write it', () => {
    for (const url of ['http://h:1', 'http://h:1/', 'http://h:1/graphql']) {
      expect(endpoint(url)).toMatchObject({ graphql: 'http://h:1/graphql', socket: 'ws://h:1/graphql' });
    }
    expect(endpoint('https://h/juara/').artifact('ab')).toBe('https://h/juara/artifacts/ab');
    expect(endpoint('https://h/juara').socket).toBe('wss://h/juara/graphql');
    for (const url of ['h:1', 'ftp://h', 'http://user:secret@h']) expect(() => endpoint(url)).toThrow();
  });
});

describe('terminalError', () => {
  it('gives up on what repetition cannot mend, and on nothing else', () => {
    const close = (code: number): unknown => ({ code, reason: '' });
    const refusal = (code: string): unknown => [{ message: 'no', extensions: { code } }];
    expect([4401, 4403, 4400, 1009].map((code) => terminalError(close(code))?.code)).toEqual([
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'BAD_RESPONSE',
      'BAD_RESPONSE',
    ]);
    for (const code of [1000, 1001, 1006, 1011, 4290, 4408, 4499, 4500]) expect(terminalError(close(code))).toBeNull();
    expect(terminalError(refusal('CURSOR_AHEAD'))?.code).toBe('CURSOR_AHEAD');
    expect(terminalError([{ message: 'a syntax error' }])).not.toBeNull();
    expect(terminalError(refusal('INTERNAL_SERVER_ERROR'))).toBeNull();
    expect(terminalError(new Error('connect ECONNREFUSED'))).toBeNull();
    expect(terminalError({ message: 'Unexpected server response: 401' })?.code).toBe('UNAUTHENTICATED');
    expect(terminalError({ message: 'Unexpected server response: 503' })).toBeNull();
  });
});
