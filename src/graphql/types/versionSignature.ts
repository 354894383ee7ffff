import { Field } from 'type-graphql';
import type { DsseEnvelope } from '../../domain/dsse.js';
import type { Millis } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { JsonScalar } from '../scalars/json.js';
import { SimpleObject } from '../simpleObject.js';

/** A signature as the API shows it. */
export interface ShownSignature {
  readonly keyId: string;
  readonly keyName: string | null;
  readonly publicKey: string | null;
  readonly valid: boolean;
  readonly trusted: boolean;
  readonly fault: string | null;
  readonly attachedAt: Millis;
  readonly attachedBy: string;
  readonly envelope: DsseEnvelope;
}

@SimpleObject('VersionSignature', "An Ed25519 signature over the digests of a version's files (OpenSSF Model Signing's statement).")
export class VersionSignatureType implements ShownSignature {
  @Field(() => String, { description: "Which key made it, as the envelope says, unproven: SHA-256 of the key's SPKI DER; may be empty." })
  keyId!: string;

  @Field(() => String, { nullable: true, description: 'Name of the trusted key that it holds under; null: none of the policy in force.' })
  keyName!: string | null;

  @Field(() => String, { nullable: true, description: 'That key (SPKI DER, base64); null where no trusted key fits.' })
  publicKey!: string | null;

  @Field(() => Boolean, { description: 'True where the statement is one on exactly this version and its files, whoever signed it.' })
  valid!: boolean;

  @Field(() => Boolean, { description: 'True where it is valid and holds under a key that the policy in force trusts.' })
  trusted!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is not valid; null where it is.' })
  fault!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was attached; when it was made nobody can know.' })
  attachedAt!: Millis;

  @Field(() => String, { description: 'Name of the token that attached it; not necessarily the signer.' })
  attachedBy!: string;

  @Field(() => JsonScalar, { description: 'The DSSE envelope, to be verified elsewhere: payloadType, payload, signatures.' })
  envelope!: DsseEnvelope;
}
