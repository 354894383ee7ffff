import { Field, ID } from 'type-graphql';
import type { Actor, Role } from '../../domain/actor.js';
import type { Millis, TokenRecord } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { SimpleObject } from '../simpleObject.js';

export const RoleEnum = enumType<Role>('Role', 'Each role may do what those before it may.', {
  VIEWER: 'Reads and subscribes.',
  AUTOMATION: 'Registers, uploads, evaluates, tags, and promotes as far as the policy says yes.',
  OPERATOR: 'Creates models, approves, overrides, rejects, nominates, rolls back.',
  ADMIN: 'Sets policies, makes and revokes tokens, imports.',
});

@SimpleObject('Viewer', 'Who asks.')
export class ViewerType implements Pick<Actor, 'name' | 'role'> {
  @Field(() => String, { description: 'Name of the token; anonymous without one.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'What it may do.' })
  role!: Role;
}

@SimpleObject('Token', 'A token, without its secret, which nobody can read again.')
export class TokenType implements Omit<TokenRecord, 'hash'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'Its name, which stands as `actor` beside all it does.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'What it may do.' })
  role!: Role;

  @Field(() => [String], { nullable: true, description: 'Names of the models that it is bound to; null: all.' })
  models!: string[] | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends; null: never.' })
  expiresAt!: Millis | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked; null: it was not.' })
  revokedAt!: Millis | null;
}

@SimpleObject('CreatedToken', 'The secret is shown once.')
export class CreatedTokenType implements Pick<TokenRecord, 'id' | 'name' | 'role'> {
  @Field(() => ID, { description: 'Id of the token, for revokeToken.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'What it may do.' })
  role!: Role;

  @Field(() => String, { description: 'What to send as Authorization: Bearer <secret>. Only its digest is stored.' })
  secret!: string;
}
