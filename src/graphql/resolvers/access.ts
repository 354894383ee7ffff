import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Actor } from '../../domain/actor.js';
import type { TokenRecord } from '../../domain/records.js';
import { createToken } from '../../usecases/createToken.js';
import { revokeToken } from '../../usecases/revokeToken.js';
import { updateToken } from '../../usecases/updateToken.js';
import type { CallerContext } from '../context.js';
import { CreateTokenInput, UpdateTokenInput } from '../inputs/token.js';
import { Requires } from '../requires.js';
import { CreatedTokenType, TokenType, ViewerType } from '../types/access.js';

@Resolver()
export class AccessResolver {
  @Query(() => ViewerType, { description: 'Who asks, and what it may do.' })
  @Requires('VIEWER', 'none')
  viewer(@Ctx() { actor }: CallerContext): Actor {
    return actor;
  }

  @Query(() => [TokenType], { description: 'All tokens, revoked and expired ones too, without their secrets.' })
  @Requires('ADMIN', 'registry')
  tokens(@Ctx() { deps }: CallerContext): Promise<TokenRecord[]> {
    return deps.store.reads.tokens();
  }

  @Mutation(() => CreatedTokenType, { description: 'Makes a token.' })
  @Requires('ADMIN', 'registry')
  async createToken(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => CreateTokenInput, { description: 'The token.' }) input: CreateTokenInput,
  ): Promise<CreatedTokenType> {
    const { token, secret } = await createToken(deps, actor, input);
    return { id: token.id, name: token.name, role: token.role, secret };
  }

  @Mutation(() => TokenType, {
    description:
      'Changes what a token may do, or until when. Requests obey at once; open sockets are closed (4403) before their next event where its role or models change. LAST_ADMIN where nobody would be left to make another token.',
  })
  @Requires('ADMIN', 'registry')
  updateToken(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => UpdateTokenInput, { description: 'The changes.' }) input: UpdateTokenInput,
  ): Promise<TokenRecord> {
    return updateToken(deps, actor, input);
  }

  @Mutation(() => Boolean, { description: 'Ends a token at once. False where it was revoked before; LAST_ADMIN for the last ADMIN token.' })
  @Requires('ADMIN', 'registry')
  revokeToken(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('id', () => ID, { description: 'Id of the token.' }) id: string,
  ): Promise<boolean> {
    return revokeToken(deps, actor, { id });
  }
}
