import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import { applyRights } from './applyRights.js';
import { RESOLVERS } from './resolvers.js';

const ROOTS: Readonly<Record<string, string>> = {
  Query: 'What can be read. Nothing here changes anything.',
  Mutation: 'What can be changed. An acknowledged change survives a crash; a refused one has changed nothing.',
  Subscription: 'What can be followed, live and from any point of the log.',
};

type ResolverClass = abstract new () => object;

/** type-graphql insists on one, though every subscription of ours reads the log. */
const NO_PUBSUB = {
  publish: (): never => unused(),
  subscribe: (): never => unused(),
};

function unused(): never {
  throw new Error('subscriptions follow the log; there is no PubSub');
}

/** The executable schema, every root field behind its right. Needs no context: that is given to each operation. */
export function buildJuaraSchema(): Promise<GraphQLSchema> {
  return buildSchemaOf(RESOLVERS);
}

/** The same from the resolvers given, so that a test can add one. */
export async function buildSchemaOf(resolvers: NonEmptyArray<ResolverClass>): Promise<GraphQLSchema> {
  // Parameter decorators run from last to first; the SDL shall name arguments as they are written.
  getMetadataStorage().params.sort((a, b) => a.index - b.index);
  const schema = await buildSchema({ resolvers, validate: false, pubSub: NO_PUBSUB });
  for (const [name, description] of Object.entries(ROOTS)) {
    const type = schema.getType(name);
    if (type !== undefined) type.description = description;
  }
  applyRights(schema);
  return schema;
}
