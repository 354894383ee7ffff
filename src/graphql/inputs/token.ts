import { Field, InputType } from 'type-graphql';
import type { Role } from '../../domain/actor.js';
import type { Millis } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { RoleEnum } from '../types/access.js';

@InputType('CreateTokenInput', { description: 'A new token.' })
export class CreateTokenInput {
  @Field(() => String, { description: 'Its name, which will stand as `actor` beside all it does.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'What it may do.' })
  role!: Role;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends, in the future; null or left out: never.' })
  expiresAt?: Millis | null;

  @Field(() => [String], { nullable: true, description: 'Names of the models that it is bound to; null or left out: all.' })
  models?: string[] | null;
}
