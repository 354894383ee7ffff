import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { toEnvelope } from '../../domain/dsse.js';
import type { Version } from '../../domain/records.js';
import { keyFingerprint, type TrustedKey } from '../../domain/trustedKey.js';
import { assessSignatures } from '../../domain/versionSignature.js';
import { signVersion } from '../../usecases/signVersion.js';
import type { CallerContext } from '../context.js';
import { findPolicy } from '../findPolicy.js';
import { SignVersionInput } from '../inputs/signature.js';
import { Requires } from '../requires.js';
import { TrustedKeyType } from '../types/trustedKey.js';
import { VersionType } from '../types/version.js';
import { type ShownSignature, VersionSignatureType } from '../types/versionSignature.js';

@Resolver(() => VersionType)
export class SignaturesResolver {
  @Mutation(() => VersionType, {
    description: 'Attaches the signatures of an envelope to a version. None is ever taken away; those that it carries change nothing.',
  })
  @Requires('AUTOMATION', 'input.model')
  signVersion(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => SignVersionInput, { description: 'The version and the envelope.' }) input: SignVersionInput,
  ): Promise<Version> {
    return signVersion(deps, actor, input);
  }

  @FieldResolver(() => [VersionSignatureType], { description: 'Who has signed its files, in the order in which it came; may be empty.' })
  async signatures(@Root() version: Version, @Ctx() context: CallerContext): Promise<ShownSignature[]> {
    if (version.signatures.length === 0) return [];
    const { trustedKeys } = await findPolicy(context, version.model, null);
    return assessSignatures(version, trustedKeys).map(({ signature, key, fault }) => ({
      keyId: signature.keyId,
      keyName: key?.name ?? null,
      publicKey: key?.publicKey ?? null,
      valid: fault === null,
      trusted: fault === null && key !== null,
      fault,
      attachedAt: signature.attachedAt,
      attachedBy: signature.attachedBy,
      envelope: toEnvelope(signature),
    }));
  }
}

@Resolver(() => TrustedKeyType)
export class TrustedKeyFields {
  @FieldResolver(() => String, { description: 'Its fingerprint, SHA-256 of the SPKI DER in hexadecimal: the keyId of what it signs.' })
  keyId(@Root() { publicKey }: TrustedKey): string {
    return keyFingerprint(publicKey);
  }
}
