import { Field, ID, InputType } from 'type-graphql';
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

@InputType('UpdateTokenInput', { description: 'Changes of a token; what is left out stays.' })
export class UpdateTokenInput {
  @Field(() => ID, { description: 'Id of the token.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its new name; null: stays.' })
  name?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'What it may do from now on; null: stays.' })
  role?: Role | null;

  @Field(() => [String], { nullable: true, description: 'Names of the models that it is bound to from now on; null: all.' })
  models?: string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends, in the future; null: never.' })
  expiresAt?: Millis | null;
}
