import { describe, expect, it } from 'vitest';
import { type DsseSignature, readEnvelope } from '../../../src/domain/dsse.js';
import { defaultPolicy, type PolicyRules } from '../../../src/domain/policy.js';
import { newSignatures, signedRule } from '../../../src/domain/versionSignature.js';
import { aSigner, aStatement, type Signer, seal } from '../../support/signer.js';
import { aVersion } from '../../support/storageRecords.js';

const FILES = { 'best_model.onnx': 'a'.repeat(64) };
const alice = aSigner('alice');
const bob = aSigner('bob');
const trusting = (...signers: Signer[]): PolicyRules => ({ ...defaultPolicy([]), requireSignature: true, trustedKeys: keysOf(signers) });
const keysOf = (signers: Signer[]) => signers.map(({ name, publicDer }) => ({ name, publicKey: publicDer }));
const signed = (signer: Signer, keyid: string | null = signer.keyId, statement = aStatement('m_v1.0.0', FILES)): DsseSignature[] =>
  readEnvelope(seal(statement, signer, keyid));
const version = (...signatures: DsseSignature[]) =>
  aVersion('m', '1.0.0', { signatures: signatures.map((s) => ({ ...s, attachedAt: 1, attachedBy: 'pipeline' })) });

describe('the rule SIGNED', () => {
  it('is not there where the policy does not ask', () => {
    expect(signedRule(defaultPolicy([]), version())).toEqual([]);
  });

  it('says whose signature holds', () => {
    const [rule] = signedRule(trusting(bob, alice), version(...signed(alice), ...signed(bob), ...signed(alice, null)));
    expect(rule).toMatchObject({ rule: 'SIGNED', passed: true, measured: 2, limit: 1, detail: 'signed by alice, bob' });
  });

  it('needs no keyid, and finds the key by trying', () => {
    for (const keyid of [null, '', 'whatever', 'f'.repeat(64)]) {
      expect(signedRule(trusting(bob, alice), version(...signed(alice, keyid)))[0]?.passed).toBe(true);
    }
  });

  it.each<[string, PolicyRules, DsseSignature[], string]>([
    ['no signature', trusting(alice), [], 'not signed'],
    ['a stranger’s', trusting(alice), signed(bob), 'none of its 1 signatures'],
    ['a stranger’s under a trusted name', trusting(alice), signed(bob, alice.keyId), 'none of its 1 signatures'],
    ['a key that was taken away', trusting(bob), signed(alice), 'none of its 1 signatures'],
    ['no trusted key at all', trusting(), signed(alice), 'trusts no key'],
    ['a good signature on another version', trusting(alice), signed(alice, null, aStatement('m_v1.0.1', FILES)), 'none of its 1'],
    ['a good signature on other files', trusting(alice), signed(alice, null, aStatement('m_v1.0.0', { x: 'a'.repeat(64) })), 'none of'],
  ])('does not hold with %s', (_, policy, signatures, why) => {
    expect(signedRule(policy, version(...signatures))).toEqual([
      { rule: 'SIGNED', subject: null, passed: false, measured: 0, limit: 1, detail: expect.stringContaining(why) },
    ]);
  });
});

describe('attaching', () => {
  it('adds what is new, once', () => {
    const [first, second] = [signed(alice), signed(bob)];
    expect(newSignatures(version(...first), [...first, ...second, ...second], [])).toEqual(second);
  });

  it('refuses what is no statement on the version', () => {
    expect(() => newSignatures(version(), signed(alice, null, aStatement('m_v1.0.1', FILES)), [])).toThrow('speaks of "m_v1.0.1"');
  });

  it('refuses what bears the keyid of a trusted key and was not made with it', () => {
    expect(() => newSignatures(version(), signed(bob, alice.keyId), keysOf([alice]))).toThrow(
      'the trusted key alice, with which it was not made',
    );
    expect(newSignatures(version(), signed(bob, alice.keyId), [])).toHaveLength(1);
  });

  it('keeps strangers from filling a version, and lets a trusted signer in all the same', () => {
    const strangers = Array.from({ length: 17 }, () => signed(aSigner('x'))).flat();
    const full = version(...strangers.slice(0, 16));
    expect(newSignatures(version(), strangers.slice(0, 16), keysOf([alice]))).toHaveLength(16);
    expect(() => newSignatures(version(), strangers, keysOf([alice]))).toThrow('16 signatures of keys that its policy does not trust');
    expect(() => newSignatures(full, signed(bob), keysOf([alice]))).toThrow('16 signatures');
    expect(newSignatures(full, signed(alice), keysOf([alice]))).toHaveLength(1);
    expect(newSignatures(full, strangers.slice(0, 16), keysOf([alice]))).toEqual([]);
  });
});
