import { Field, InputType } from 'type-graphql';
import type { Json } from '../../domain/json.js';
import { JsonScalar } from '../scalars/json.js';
import { SemVerScalar } from '../scalars/semVer.js';

@InputType('SignVersionInput', { description: 'A signature for a version that is registered.' })
export class SignVersionInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { description: 'The version.' })
  version!: string;

  @Field(() => JsonScalar, {
    description: 'DSSE envelope, or a Sigstore bundle around one, of at most 65536 characters and 8 Ed25519 signatures.',
  })
  envelope!: Json;
}

@InputType('TrustedKeyInput', { description: 'A key whose signatures count.' })
export class TrustedKeyInput {
  @Field(() => String, { description: 'What people call it, unique in the policy, at most 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'An Ed25519 public key: SPKI, as PEM or as DER in base64.' })
  publicKey!: string;
}
