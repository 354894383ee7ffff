import { createHash } from 'node:crypto';
import type { RuleResult } from './decision.js';
import { type DsseSignature, refuseSignature, signatureHolds } from './dsse.js';
import type { JsonObject } from './json.js';
import type { PolicyRules } from './policy.js';
import type { Version, VersionSignature } from './records.js';
import { statementFault } from './statement.js';
import { keyFingerprint, type TrustedKey } from './trustedKey.js';

/** Signatures of a version that no trusted key vouches for: whoever may register must not be able to fill the registry with them. */
const MAX_UNTRUSTED = 16;

type Signed = Pick<Version, 'id' | 'files' | 'signatures'>;

/** What a signature is worth under a policy. */
export interface AssessedSignature {
  readonly signature: VersionSignature;
  /** Whose key it holds under; null: nobody's whom the policy trusts. */
  readonly key: TrustedKey | null;
  /** Why the statement is none on the version as it is; null where it covers the version's files. */
  readonly fault: string | null;
}

/** The keyid only chooses: where it is that of a trusted key, no other one is tried. */
function holder(signature: DsseSignature, keys: readonly TrustedKey[]): TrustedKey | null {
  const named = keys.filter((key) => keyFingerprint(key.publicKey) === signature.keyId);
  return (named.length > 0 ? named : keys).find((key) => signatureHolds(signature, key.publicKey)) ?? null;
}

export function assessSignatures(version: Signed, keys: readonly TrustedKey[]): AssessedSignature[] {
  return version.signatures.map((signature) => ({
    signature,
    key: holder(signature, keys),
    fault: statementFault(signature.payload, version),
  }));
}

/** Whether someone whom the policy trusts has signed the version; no rule where the policy does not ask. */
export function signedRule({ requireSignature, trustedKeys }: PolicyRules, version: Signed): RuleResult[] {
  if (!requireSignature) return [];
  const trusted = assessSignatures(version, trustedKeys).flatMap(({ key, fault }) => (key !== null && fault === null ? [key.name] : []));
  const names = [...new Set(trusted)];
  const detail = names.length > 0 ? `signed by ${names.join(', ')}` : whyUnsigned(version, trustedKeys);
  return [{ rule: 'SIGNED', subject: null, passed: names.length > 0, measured: names.length, limit: 1, detail }];
}

function whyUnsigned({ signatures }: Signed, keys: readonly TrustedKey[]): string {
  if (keys.length === 0) return 'the policy asks for a signature and trusts no key';
  if (signatures.length === 0) return 'the version is not signed: `juara sign` signs it';
  return `none of its ${signatures.length} signatures covers these files under a key that the policy trusts`;
}

/** What of `given` the version does not carry yet; SIGNATURE_INVALID where one is no statement on it, or is not what it pretends to be. */
export function newSignatures(version: Signed, given: readonly DsseSignature[], keys: readonly TrustedKey[]): DsseSignature[] {
  const added: DsseSignature[] = [];
  const held = (s: DsseSignature): boolean =>
    [...version.signatures, ...added].some((old) => old.sig === s.sig && old.payload === s.payload);
  for (const signature of given) {
    if (held(signature)) continue;
    const fault = statementFault(signature.payload, version);
    if (fault !== null) refuseSignature(fault);
    const named = keys.find((key) => keyFingerprint(key.publicKey) === signature.keyId);
    if (named !== undefined && holder(signature, keys) === null) {
      refuseSignature(`its keyid is that of the trusted key ${named.name}, with which it was not made`);
    }
    added.push(signature);
  }
  const untrusted = [...version.signatures, ...added].filter((signature) => holder(signature, keys) === null);
  if (added.some((signature) => untrusted.includes(signature)) && untrusted.length > MAX_UNTRUSTED) {
    refuseSignature(`${version.id} carries ${MAX_UNTRUSTED} signatures of keys that its policy does not trust; have the key trusted first`);
  }
  return added;
}

/** `data` of VERSION_SIGNED: with it the log pins what was attached. */
export function signedData(version: string, { keyId, payload, sig }: DsseSignature): JsonObject {
  const statement = createHash('sha256').update(Buffer.from(payload, 'base64')).digest('hex');
  return { version, keyId, statement, signature: sig };
}
