import { Field } from 'type-graphql';
import type { TrustedKey } from '../../domain/trustedKey.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject('TrustedKey', 'A key whose signatures a policy believes.')
export class TrustedKeyType implements TrustedKey {
  @Field(() => String, { description: 'What people call it, unique in its policy.' })
  name!: string;

  @Field(() => String, { description: 'The Ed25519 public key, SPKI DER in base64.' })
  publicKey!: string;
}
