import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { checkWebhookSecret, newWebhookSecret, secretsInForce } from '../../src/domain/webhook.js';
import { addressRefusal, checkWebhookUrl } from '../../src/domain/webhookAddress.js';
import { retryAfterMs, retryDelay } from '../../src/webhooks/deliveryPolicy.js';
import { publicLookup } from '../../src/webhooks/guardedLookup.js';
import { postMessage } from '../../src/webhooks/postMessage.js';
import { startReceiver } from '../support/receiver.js';

const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0.1.2.3',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '4000::1',
];

/** How an address of this machine can be written in a URL. */
const DISGUISES = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.0.0.1/',
  'http://%31%32%37.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[0:0:0:0:0:ffff:7f00:1]/',
  'http://localhost/',
  'http://LOCALHOST.:8080/',
  'http://a.localhost/',
];

async function privateName(name: string): Promise<string | null> {
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.length > 0 && found.every(({ address }) => addressRefusal(address) !== null) ? name : null;
}

const refusal = (text: string, allow = false): string => {
  try {
    return `accepted as ${checkWebhookUrl(text, allow)}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('addresses', () => {
  it.each(PRIVATE)('%s is refused', (address) => expect(addressRefusal(address)).toContain('no public address'));
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111'])('%s is public', (address) => expect(addressRefusal(address)).toBeNull());
  it('what is none is refused', () => expect(addressRefusal('example.org')).not.toBeNull());
});

describe('URLs', () => {
  it.each(DISGUISES)('%s is refused', (url) => expect(refusal(url)).toBe('WEBHOOK_URL_REFUSED'));
  it.each(DISGUISES)('%s is allowed by the setting', (url) => expect(refusal(url, true)).toContain('accepted'));
  it.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'example.org',
    '',
    '//example.org',
    'https://u:p@example.org/',
    'https://u@example.org',
    'https://example.org/#x',
    `https://example.org/${'x'.repeat(2048)}`,
  ])('%s is refused whatever the setting', (url) => expect(refusal(url, true)).toBe('WEBHOOK_URL_REFUSED'));
  it('a public one is taken in its normal form', () => {
    expect(checkWebhookUrl('HTTPS://Hooks.Example.org:443/a b?c', false)).toBe('https://hooks.example.org/a%20b?c');
    expect(checkWebhookUrl('http://8.8.8.8:8080', false)).toBe('http://8.8.8.8:8080/');
  });
  it('a refusal does not repeat what may be secret', () => {
    expect(() => checkWebhookUrl('https://user:hunter2@example.org/', true)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });
});

describe('a delivery', () => {
  const post = (url: string, allowPrivate: boolean) =>
    postMessage({ url, headers: {}, body: '{}', timeoutMs: 5_000, allowPrivate, signal: new AbortController().signal });

  it('does not connect to this machine, by whatever name', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const names = ['127.0.0.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'].map((host) => `http://${host}:${port}/`);
    const errors = await Promise.all(
      names.map((url) => post(url, false).then((answer) => (answer.status === null ? answer.error : 'connected'))),
    );
    for (const error of errors) expect(error).toContain('JUARA_WEBHOOK_ALLOW_PRIVATE=1 allows it');
    expect(receiver.requests).toEqual([]);
    expect(await post(receiver.url, true)).toMatchObject({ status: 204 });
    await receiver.close();
  });

  it('looks the name up for itself: a name of a private address is refused at the moment of the connection', async () => {
    expect((await lookup('localhost')).address).toMatch(/^(127\.|::1$)/);
    for (const all of [true, false]) {
      const error = await new Promise((resolve) => publicLookup('localhost', { all }, (failure) => resolve(failure)));
      expect(String(error)).toContain('WEBHOOK_URL_REFUSED: localhost');
    }
  });

  it('has its own look-up made by node:http', async () => {
    // Names that the check of the URL lets through, and that /etc/hosts or a resolver points to a private address.
    const own = await Promise.all(['ip6-localhost', 'ip6-loopback', hostname()].map(privateName));
    const name = own.find((n) => n !== null);
    if (name === undefined) return;
    expect(await post(`http://${name}:1/`, false)).toMatchObject({ status: null, error: expect.stringContaining('WEBHOOK_URL_REFUSED') });
  });

  it('says that a name has no address', async () => {
    expect(await post('http://nowhere.invalid/', true)).toMatchObject({
      status: null,
      error: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
  });
});

describe('secrets', () => {
  it('are made and taken in the format of Standard Webhooks', () => {
    expect(checkWebhookSecret(newWebhookSecret())).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const bytes = (n: number) => `whsec_${Buffer.alloc(n, 7).toString('base64')}`;
    for (const good of [bytes(24), bytes(64)]) expect(checkWebhookSecret(good)).toBe(good);
    for (const bad of [bytes(23), bytes(65), bytes(32).slice(6), `${bytes(32)}*`, 'whsec_', 'hunter2']) {
      expect(() => checkWebhookSecret(bad)).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT', message: expect.not.stringContaining('hunter2') }),
      );
    }
  });
  it('count until their time is over', () => {
    const secrets = { current: 'new', previous: 'old', previousUntil: 10 };
    expect(secretsInForce(secrets, 9)).toEqual(['new', 'old']);
    expect(secretsInForce(secrets, 10)).toEqual(['new']);
    expect(secretsInForce({ current: 'new', previous: null, previousUntil: null }, 0)).toEqual(['new']);
  });
});

describe('waits', () => {
  const policy = { timeoutMs: 1, giveUpMs: 1, retryDelaysMs: [1_000, 5_000, 30_000] };
  it('grow, keep to a fifth of jitter, and stay at the last', () => {
    expect([1, 2, 3, 4, 99].map((n) => retryDelay(policy, n, null, () => 0.5))).toEqual([1_000, 5_000, 30_000, 30_000, 30_000]);
    expect([0, 1].map((r) => retryDelay(policy, 1, null, () => r))).toEqual([800, 1_200]);
  });
  it('are as long as the receiver asks for, up to the longest', () => {
    expect(retryDelay(policy, 1, 7_000, () => 0.5)).toBe(7_000);
    expect(retryDelay(policy, 1, 90_000, () => 0.5)).toBe(30_000);
    expect([
      retryAfterMs('7', 0),
      retryAfterMs('Thu, 01 Jan 1970 00:00:09 GMT', 2_000),
      retryAfterMs('soon', 0),
      retryAfterMs(null, 0),
    ]).toEqual([7_000, 7_000, null, null]);
  });
});
