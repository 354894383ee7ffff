import { Arg, Field, FieldResolver, ObjectType, Query, Resolver } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, ROLES, type Role } from '../../src/domain/actor.js';
import { buildSchemaOf } from '../../src/graphql/buildJuaraSchema.js';
import { Requires } from '../../src/graphql/requires.js';
import { RESOLVERS } from '../../src/graphql/resolvers.js';
import { openSchemaRegistry, type SchemaRegistry } from '../support/graphql.js';
import { operationOn, type RootField, rootFields } from '../support/rootFields.js';

/** Who may do what, as the design says it; the lowest role that may. */
const RIGHTS: Readonly<Record<string, Role>> = {
  'Query.tokens': 'ADMIN',
  'Query.damagedArtifacts': 'ADMIN',
  'Query.webhooks': 'ADMIN',
  'Query.webhook': 'ADMIN',
  'Mutation.createModel': 'OPERATOR',
  'Mutation.updateModel': 'OPERATOR',
  'Mutation.registerVersion': 'AUTOMATION',
  'Mutation.promote': 'AUTOMATION',
  'Mutation.rollback': 'OPERATOR',
  'Mutation.reject': 'OPERATOR',
  'Mutation.nominate': 'OPERATOR',
  'Mutation.approvePromotion': 'OPERATOR',
  'Mutation.declinePromotion': 'OPERATOR',
  'Mutation.setPolicy': 'ADMIN',
  'Mutation.registerBenchmark': 'AUTOMATION',
  'Mutation.evaluate': 'AUTOMATION',
  'Mutation.cancelEvaluation': 'AUTOMATION',
  'Mutation.addTrainingEvents': 'AUTOMATION',
  'Mutation.validateTrainingEvents': 'OPERATOR',
  'Mutation.discardTrainingEvent': 'OPERATOR',
  'Mutation.setTags': 'AUTOMATION',
  'Mutation.signVersion': 'AUTOMATION',
  'Mutation.importRegistry': 'ADMIN',
  'Mutation.createToken': 'ADMIN',
  'Mutation.updateToken': 'ADMIN',
  'Mutation.revokeToken': 'ADMIN',
  'Mutation.createWebhook': 'ADMIN',
  'Mutation.updateWebhook': 'ADMIN',
  'Mutation.rotateWebhookSecret': 'ADMIN',
  'Mutation.replayWebhook': 'ADMIN',
};

const actor = (role: Role, models: readonly string[] | null = null): Actor => ({ name: role.toLowerCase(), role, models, tokenId: role });

let registry: SchemaRegistry;
beforeAll(async () => {
  registry = await openSchemaRegistry();
});
afterAll(() => registry.close());

const fields = (): RootField[] => rootFields(registry.schema);

/** Calls one root field with sample arguments and gives the codes of what came back. */
async function call(who: Actor | null, field: RootField, model = 'nobodys'): Promise<readonly unknown[]> {
  const { query, variables } = operationOn(field, model);
  if (field.kind !== 'subscription') return (await registry.run(who, query, variables)).codes;
  const stream = await registry.follow(who, query, variables);
  const refused = registry.feed.followers() === 0 ? (await stream.next()).value?.codes : [];
  await stream.return?.();
  return refused;
}

test('every root field has a right, and it is the one that the design gives it', () => {
  const found = Object.fromEntries(fields().map(({ at, right }) => [at, right?.role]));
  const wanted = Object.fromEntries(fields().map(({ at }) => [at, RIGHTS[at] ?? (at.startsWith('Mutation.') ? 'undecided' : 'VIEWER')]));
  expect(found).toEqual(wanted);
});

describe('a field that forgets its right stops the build', () => {
  test('one without a right', async () => {
    @Resolver()
    class Planted {
      @Query(() => String)
      planted(): string {
        return 'open to all';
      }
    }
    await expect(buildSchemaOf([...RESOLVERS, Planted])).rejects.toThrow('Query.planted declares no right');
  });

  test('a right on a field that no operation begins with, where nobody would ask it', async () => {
    @ObjectType('Inner')
    class Inner {
      @Field(() => String)
      open!: string;
    }
    @Resolver(() => Inner)
    class Planted {
      @Query(() => Inner)
      @Requires('VIEWER', 'none')
      planted(): Inner {
        return { open: '' };
      }
      @FieldResolver(() => String)
      @Requires('ADMIN', 'none')
      secret(): string {
        return 'open to all';
      }
    }
    await expect(buildSchemaOf([...RESOLVERS, Planted])).rejects.toThrow('Inner.secret declares a right');
  });

  test('one that names a model and leaves it unchecked', async () => {
    @Resolver()
    class Planted {
      @Query(() => String)
      @Requires('VIEWER', 'none')
      planted(@Arg('model', () => String) model: string): string {
        return model;
      }
    }
    await expect(buildSchemaOf([...RESOLVERS, Planted])).rejects.toThrow("its scope must be 'model'");
  });
});

test('nobody may do nothing', async () => {
  for (const field of fields()) expect([field.at, await call(null, field)]).toEqual([field.at, ['UNAUTHENTICATED']]);
});

test('a role below the right is refused, before the arguments count for anything', async () => {
  for (const field of fields()) {
    const below = ROLES[ROLES.indexOf(field.right?.role ?? 'VIEWER') - 1];
    if (below !== undefined) expect([field.at, await call(actor(below), field)]).toEqual([field.at, ['FORBIDDEN']]);
  }
});

test('a role that has the right is not refused for it', async () => {
  for (const field of fields()) {
    const codes = await call(actor(field.right?.role ?? 'VIEWER'), field);
    expect([field.at, codes.includes('FORBIDDEN') || codes.includes('UNAUTHENTICATED')]).toEqual([field.at, false]);
  }
  expect(registry.unexpected).toEqual([]);
});

describe('a token that is bound to some models', () => {
  const bound = actor('ADMIN', ['mine']);

  test('is refused wherever another model is named', async () => {
    for (const field of fields()) {
      const scope = field.right?.scope ?? 'none';
      const refused = scope.includes('model') || scope.includes('name') || scope === 'registry';
      if (refused) expect([field.at, await call(bound, field)]).toEqual([field.at, ['FORBIDDEN']]);
    }
  });

  test('sees its own models and events alone', async () => {
    const admin = actor('ADMIN');
    for (const name of ['mine', 'theirs']) {
      await registry.run(admin, 'mutation ($name: String!) { createModel(input: { name: $name }) { id } }', { name });
    }
    const { data } = await registry.run(
      bound,
      '{ models { nodes { name } totalCount } events { nodes { model } } registrySummary { models } }',
    );
    expect(data).toEqual({
      models: { nodes: [{ name: 'mine' }], totalCount: 1 },
      events: { nodes: [{ model: 'mine' }] },
      registrySummary: { models: 1 },
    });
    const theirs = 'subscription { events(filter: { model: "theirs" }) { seq } }';
    expect((await (await registry.follow(bound, theirs)).next()).value?.codes).toEqual(['FORBIDDEN']);
    expect((await registry.run(bound, '{ events(filter: { model: "theirs" }) { nodes { seq } } }')).codes).toEqual(['FORBIDDEN']);
  });

  test('cannot import a document of another model', async () => {
    const { readFile } = await import('node:fs/promises');
    const document = JSON.parse(await readFile(new URL('../fixtures/registry-v2.json', import.meta.url), 'utf8')) as unknown;
    const { codes } = await registry.run(bound, 'mutation ($d: JSON!) { importRegistry(document: $d) { unchanged } }', { d: document });
    expect(codes).toEqual(['FORBIDDEN']);
  });
});
