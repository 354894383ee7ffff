import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DsseSignature, preAuthenticationEncoding, readEnvelope, signatureHolds, toEnvelope } from '../../../src/domain/dsse.js';
import { aSigner, type Envelope, seal } from '../../support/signer.js';

const alice = aSigner('alice');
const bob = aSigner('bob');
const refused = (json: unknown): string => {
  try {
    readEnvelope(json);
  } catch (error) {
    expect(error).toMatchObject({ code: 'SIGNATURE_INVALID' });
    return (error as Error).message;
  }
  throw new Error('it was not refused');
};
const one = (json: unknown): DsseSignature => {
  const [first] = readEnvelope(json);
  if (first === undefined) throw new Error('no signature');
  return first;
};

describe('the DSSE envelope', () => {
  it('encodes what is signed as the specification does in its example', () => {
    const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(encoded.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(preAuthenticationEncoding('é', Buffer.from('ü')).toString()).toBe('DSSEv1 2 é 2 ü');
  });

  it('holds under its own key and no other, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (payload) => {
        const signature = one(seal(payload, alice));
        expect(signatureHolds(signature, alice.publicDer)).toBe(true);
        expect(signatureHolds(signature, bob.publicDer)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('does not hold with any bit of payload or signature changed', () => {
    const good = one(seal('{"a": 1}', alice));
    for (const part of ['payload', 'sig'] as const) {
      const bytes = Buffer.from(good[part], 'base64');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(signatureHolds({ ...good, [part]: changed.toString('base64') }, alice.publicDer)).toBe(false);
      }
    }
  });

  it('does not hold with a multiple of the group order added to its scalar', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const good = one(seal('{}', alice));
    const bytes = Buffer.from(good.sig, 'base64');
    const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
    const shifted = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse();
    const sig = Buffer.concat([bytes.subarray(0, 32), shifted]).toString('base64');
    expect(signatureHolds({ ...good, sig }, alice.publicDer)).toBe(false);
  });

  it('is read from either alphabet and from a Sigstore bundle, to one form', () => {
    const envelope = seal('??>>??>>', alice, null);
    const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const safe = { ...envelope, payload: urlSafe(envelope.payload), signatures: [{ sig: urlSafe(envelope.signatures[0]?.sig ?? '') }] };
    expect(safe.payload).not.toBe(envelope.payload);
    const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', verificationMaterial: {}, dsseEnvelope: envelope };
    for (const form of [safe, bundle]) expect(readEnvelope(form)).toEqual(readEnvelope(envelope));
    expect(toEnvelope(one(envelope))).toEqual({ ...envelope, signatures: [{ keyid: '', sig: envelope.signatures[0]?.sig }] });
  });

  it('keeps several signatures as several', () => {
    const [a, b] = [seal('{}', alice), seal('{}', bob)];
    const both = readEnvelope({ ...a, signatures: [...a.signatures, ...b.signatures], unknown: 1 });
    expect(both).toEqual([one(a), one(b)]);
  });

  const envelope: Envelope = seal('{"abc": 1}', alice);
  const [signature] = envelope.signatures;
  it.each([
    ['null', null, 'the envelope'],
    ['a list', [envelope], 'the envelope'],
    ['another payload type', { ...envelope, payloadType: 'application/json' }, 'payloadType'],
    ['no signature', { ...envelope, signatures: [] }, 'signatures'],
    ['nine signatures', { ...envelope, signatures: Array(9).fill(signature) }, 'signatures'],
    ['a payload that is no text', { ...envelope, payload: { a: 1 } }, 'payload'],
    [
      'junk inside of base64',
      { ...envelope, payload: `${envelope.payload.slice(0, 4)}\n${envelope.payload.slice(4)}` },
      'payload is not base64',
    ],
    ['bits behind the last byte', { ...envelope, payload: 'e31=' }, 'payload is not base64'],
    ['too much padding', { ...envelope, payload: 'e30==' }, 'payload is not base64'],
    ['both alphabets at once', { ...envelope, payload: '+-+-' }, 'payload is not base64'],
    ['a short signature', { ...envelope, signatures: [{ sig: 'AAAA' }] }, 'has 3 bytes'],
    ['an ECDSA signature', { ...envelope, signatures: [{ sig: Buffer.alloc(71, 1).toString('base64') }] }, 'no other kind is taken'],
    ['a keyid that is none', { ...envelope, signatures: [{ ...signature, keyid: 7 }] }, 'keyid'],
    ['an envelope of a megabyte', { ...envelope, payload: 'AAAA'.repeat(250_000) }, '65536 characters'],
  ])('is refused: %s', (_, json, why) => {
    expect(refused(json)).toContain(why);
  });

  it('is refused with a reason, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(() => readEnvelope(json)).toThrow(/the signature is refused/);
      }),
    );
  });

  it('is of a key whose name anyone can write', () => {
    expect(one(seal('{}', bob, alice.keyId)).keyId).toBe(alice.keyId);
    expect(createHash('sha256').update(Buffer.from(alice.publicDer, 'base64')).digest('hex')).toBe(alice.keyId);
  });
});
