import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkTrustedKeys, keyFingerprint } from '../../../src/domain/trustedKey.js';
import { aSigner } from '../../support/signer.js';

const alice = aSigner('alice');
const bob = aSigner('bob');
const spki = (point: string): Buffer => Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(point, 'hex')]);
const IDENTITY = `01${'00'.repeat(31)}`;

describe('a trusted key', () => {
  it('is taken as PEM or DER and kept as DER', () => {
    for (const publicKey of [alice.publicKey, alice.publicDer, `\n${alice.publicKey}\n`]) {
      expect(checkTrustedKeys([{ name: 'alice', publicKey }])).toEqual([{ name: 'alice', publicKey: alice.publicDer }]);
    }
    expect(keyFingerprint(alice.publicDer)).toBe(alice.keyId);
  });

  it('is one key under one name', () => {
    const key = { name: 'alice', publicKey: alice.publicKey };
    expect(() => checkTrustedKeys([key, { name: 'also alice', publicKey: alice.publicDer }])).toThrow('"also alice" is given twice');
    expect(() => checkTrustedKeys([key, { name: 'alice', publicKey: bob.publicKey }])).toThrow('"alice" is given twice');
    expect(() => checkTrustedKeys(Array.from({ length: 17 }, (_, i) => ({ name: `${i}`, publicKey: aSigner('x').publicKey })))).toThrow(
      '16 at most',
    );
  });

  it.each([
    ['nothing', ''],
    ['no key', 'hello'],
    ['a private key, which everyone could then read', alice.privateKey],
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    [
      'an elliptic curve',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    ],
    ['an X25519 key', generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ])('is not %s', (_, publicKey) => {
    expect(() => checkTrustedKeys([{ name: 'k', publicKey }])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('is never one of small order, for which anyone can sign', () => {
    const forged = Buffer.concat([Buffer.from(IDENTITY, 'hex'), Buffer.alloc(32)]);
    const key = createPublicKey({ key: spki(IDENTITY), type: 'spki', format: 'der' });
    // Why the list exists: Node takes a signature that nobody made.
    expect(verify(null, Buffer.from('anything'), key, forged)).toBe(true);
    const points = [
      IDENTITY,
      `01${'00'.repeat(30)}80`,
      '00'.repeat(32),
      `${'00'.repeat(31)}80`,
      `ec${'ff'.repeat(31)}`,
      `ed${'ff'.repeat(30)}7f`,
      `ee${'ff'.repeat(30)}7f`,
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    ];
    for (const point of points) {
      const weak = { name: 'weak', publicKey: spki(point).toString('base64') };
      expect(() => checkTrustedKeys([weak])).toThrow('small order');
    }
  });
});
