import { Field } from 'type-graphql';
import type { Checkpoint } from '../../domain/checkpoint.js';
import type { Millis } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject(
  'Checkpoint',
  'A signed statement that the log had `seq` events ending in `hash`. Keep it: it unmasks a log cut short or rewritten.',
)
export class CheckpointType implements Checkpoint {
  @Field(() => FloatScalar, { description: 'How many events the log had; 0: none yet.' })
  seq!: number;

  @Field(() => Sha256Scalar, { description: 'Hash of the last of them; of the genesis where there is none.' })
  hash!: string;

  @Field(() => DateTimeScalar, { description: 'When it was signed.' })
  at!: Millis;

  @Field(() => String, { description: "The registry's Ed25519 public key, SPKI DER, base64." })
  publicKey!: string;

  @Field(() => String, {
    description: 'Ed25519 (RFC 8032) over the canonical JSON (RFC 8785) of {at, hash, seq}, at in milliseconds; base64.',
  })
  signature!: string;
}
