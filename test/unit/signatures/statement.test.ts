import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signFiles } from '../../../src/client/signing.js';
import { readEnvelope, signatureHolds } from '../../../src/domain/dsse.js';
import { statementFault } from '../../../src/domain/statement.js';
import { aSigner, aStatement } from '../../support/signer.js';
import { aVersion } from '../../support/storageRecords.js';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const digests = fc.stringMatching(/^[0-9a-f]{64}$/);
const fileSets = fc.dictionary(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9._+-]{0,8}[a-z]$/), digests, { minKeys: 1, maxKeys: 6 });
const versionOf = (files: Record<string, string>) =>
  aVersion('m', '1.0.0', { files: Object.entries(files).map(([name, sha256]) => ({ name, sha256, bytes: 1, mediaType: 'x' })) });
const version = versionOf({ 'best_model.onnx': A, 'class_mappings.json': B });
const files = { 'best_model.onnx': A, 'class_mappings.json': B };
const fault = (statement: string | Uint8Array): string | null => statementFault(Buffer.from(statement).toString('base64'), version);

/** The value with another one at the path. */
function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Object.assign(Array.isArray(into) ? [] : {}, into) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, value);
  return copy;
}

describe('a statement', () => {
  it('covers exactly the files that it names, in whatever order the version lists them', () => {
    fc.assert(
      fc.property(fileSets, fileSets, (signed, there) => {
        const payload = Buffer.from(aStatement('m_v1.0.0', signed)).toString('base64');
        const equal = JSON.stringify(Object.entries(signed).sort()) === JSON.stringify(Object.entries(there).sort());
        expect(statementFault(payload, versionOf(signed))).toBeNull();
        expect(statementFault(payload, versionOf(there)) === null).toBe(equal);
      }),
    );
  });

  it('is what the client signs', () => {
    const signer = aSigner('a');
    fc.assert(
      fc.property(fileSets, (signed) => {
        const list = Object.entries(signed).map(([name, sha256]) => ({ name, sha256 }));
        const envelope = signFiles(signer.privateKey, { model: 'm', version: '1.0.0', files: list });
        const [signature] = readEnvelope(envelope);
        if (signature === undefined) throw new Error('no signature');
        expect(signature.keyId).toBe(signer.keyId);
        expect(signatureHolds(signature, signer.publicDer)).toBe(true);
        expect(statementFault(signature.payload, versionOf(signed))).toBeNull();
        const [read] = JSON.parse(Buffer.from(signature.payload, 'base64').toString()).subject;
        expect(read).toEqual(JSON.parse(aStatement('m_v1.0.0', signed)).subject[0]);
      }),
      { numRuns: 50 },
    );
  });

  it('may hold what it does not know', () => {
    expect(fault(aStatement('m_v1.0.0', files, (s) => put({ ...s, more: 1 }, ['predicate', 'more'], {})))).toBeNull();
    expect(fault(` ${aStatement('m_v1.0.0', files).replaceAll(',"', ' ,\n "')} `)).toBeNull();
  });

  it.each<[string, string, unknown, string]>([
    ['another version', 'subject.0.name', 'm_v1.0.1', 'speaks of "m_v1.0.1"'],
    ['another model', 'subject.0.name', 'other_v1.0.0', 'speaks of "other_v1.0.0"'],
    ['no version at all', 'subject.0.name', 'm', 'speaks of "m"'],
    ['a name that looks alike', 'subject.0.name', 'ｍ_v1.0.0', 'not of m_v1.0.0'],
    ['an empty name', 'subject.0.name', '', 'speaks of ""'],
    ['two subjects', 'subject.1', { name: 'm_v1.0.0', digest: { sha256: A } }, 'subject'],
    ['no subject', 'subject', [], 'subject'],
    ['another root digest', 'subject.0.digest.sha256', A, "subject's digest"],
    ['a weaker digest', 'subject.0.digest', { sha1: 'a'.repeat(40) }, 'subject.0.digest.sha256'],
    ['another digest', 'predicate.resources.0.digest', B, "subject's digest"],
    ['a digest in capitals', 'predicate.resources.0.digest', A.toUpperCase(), 'lower-case'],
    ['another algorithm', 'predicate.resources.0.algorithm', 'blake2b', 'algorithm'],
    ['shards', 'predicate.serialization.method', 'file-shard-1000', 'serialization.method'],
    ['no resources', 'predicate.resources', [], 'resources'],
    ['another predicate', 'predicateType', 'https://slsa.dev/provenance/v1', 'predicateType'],
    ['the older predicate', 'predicateType', 'https://model_signing/Digests/v0.1', 'predicateType'],
    ['an older statement', '_type', 'https://in-toto.io/Statement/v0.1', '_type'],
  ])('is refused: %s', (_, path, value, why) => {
    expect(fault(aStatement('m_v1.0.0', files, (statement) => put(statement, path.split('.'), value)))).toContain(why);
  });

  it('is refused for other files: one missing, one more, one changed, one twice, one by another name', () => {
    expect(fault(aStatement('m_v1.0.0', { 'best_model.onnx': A }))).toBe('it does not cover class_mappings.json');
    expect(fault(aStatement('m_v1.0.0', { ...files, 'evil.so': A }))).toContain('covers "evil.so", which m_v1.0.0 does not have');
    expect(fault(aStatement('m_v1.0.0', { ...files, 'best_model.onnx': B }))).toContain('covers best_model.onnx with SHA-256 b');
    const renamed = { 'Best_model.onnx': A, 'class_mappings.json': B };
    expect(fault(aStatement('m_v1.0.0', renamed))).toContain('does not cover best_model.onnx');
    const doubled = JSON.parse(aStatement('m_v1.0.0', { 'best_model.onnx': A, x: A, 'class_mappings.json': B }));
    doubled.predicate.resources = doubled.predicate.resources.map((r: { name: string }) =>
      r.name === 'x' ? { ...r, name: 'best_model.onnx' } : r,
    );
    expect(fault(JSON.stringify(doubled))).toContain('twice');
  });

  it.each([
    ['a member of one name twice', aStatement('m_v1.0.0', files).replace('"_type"', '"_type":"x","_type"'), 'a member twice'],
    ['the same, written with an escape', aStatement('m_v1.0.0', files).replace('"_type"', '"\\u005ftype":"x","_type"'), 'a member twice'],
    ['__proto__ twice', aStatement('m_v1.0.0', files).replace('{', '{"__proto__":{"a":1},"__proto__":2,'), 'a member twice'],
    ['text that is not UTF-8', Buffer.from(`${aStatement('m_v1.0.0', files).slice(0, -1)},"x":"\u00ff"}`, 'latin1'), 'not JSON in UTF-8'],
    ['a byte order mark', `\ufeff${aStatement('m_v1.0.0', files)}`, 'not JSON in UTF-8'],
    ['no JSON', 'hello', 'not JSON'],
    ['JSON that nests for ever', '['.repeat(40_000), 'not JSON'],
    ['JSON that nests and ends', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, ''],
    ['JSON that is no object', '[1, "a:b", {"a": ":"}]', 'no statement'],
  ])('is refused: %s', (_, statement, why) => {
    expect(fault(statement)).toContain(why);
  });
});
