import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { Arg, Query, Resolver } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, ROLES, type Role } from '../../src/domain/actor.js';
import { buildSchemaOf } from '../../src/graphql/buildJuaraSchema.js';
import { Requires, RIGHT, type Right } from '../../src/graphql/requires.js';
import { RESOLVERS } from '../../src/graphql/resolvers.js';
import { openSchemaRegistry, type SchemaRegistry } from '../support/graphql.js';

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
  'Mutation.importRegistry': 'ADMIN',
  'Mutation.createToken': 'ADMIN',
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

const roots = (): GraphQLObjectType[] =>
  [registry.schema.getQueryType(), registry.schema.getMutationType(), registry.schema.getSubscriptionType()].filter((type) => type != null);

const rootFields = (): { at: string; kind: string; args: readonly GraphQLArgument[]; right: Right | undefined; leaf: boolean }[] =>
  roots().flatMap((root) =>
    Object.values(root.getFields()).map((field) => ({
      at: `${root.name}.${field.name}`,
      kind: root.name.toLowerCase(),
      args: field.args,
      right: field.extensions[RIGHT] as Right | undefined,
      leaf: !('getFields' in (isNonNullType(field.type) ? field.type.ofType : field.type)) && !String(field.type).startsWith('['),
    })),
  );

/** Some value that the type accepts; `model` stands wherever a text is wanted. */
function sample(type: GraphQLInputType, model: string): unknown {
  if (isNonNullType(type)) return sample(type.ofType, model);
  if (isListType(type)) return [sample(type.ofType, model)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, sample(field.type, model)]));
  }
  const scalars: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true, SemVer: '1.0.0', DateTime: '2026-02-10T00:00:00Z' };
  return { ...scalars, Sha256: 'a'.repeat(64), JSON: {} }[type.name] ?? model;
}

/** Calls one root field with sample arguments and gives the codes of what came back. */
async function call(who: Actor | null, at: string, model = 'nobodys'): Promise<readonly unknown[]> {
  const field = rootFields().find((f) => f.at === at);
  if (field === undefined) throw new Error(`there is no ${at}`);
  const required = field.args.filter((arg) => isNonNullType(arg.type));
  const declared = required.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = required.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const name = at.split('.')[1];
  const parens = (text: string): string => (text === '' ? '' : `(${text})`);
  const source = `${field.kind} ${parens(declared)} { ${name}${parens(passed)} ${field.leaf ? '' : '{ __typename }'} }`;
  const variables = Object.fromEntries(required.map((arg) => [arg.name, sample(arg.type, model)]));
  if (field.kind !== 'subscription') return (await registry.run(who, source, variables)).codes;
  const stream = await registry.follow(who, source, variables);
  const refused = registry.feed.followers() === 0 ? (await stream.next()).value?.codes : [];
  await stream.return?.();
  return refused;
}

test('every root field has a right, and it is the one that the design gives it', () => {
  const found = Object.fromEntries(rootFields().map(({ at, right }) => [at, right?.role]));
  const wanted = Object.fromEntries(
    rootFields().map(({ at }) => [at, RIGHTS[at] ?? (at.startsWith('Mutation.') ? 'undecided' : 'VIEWER')]),
  );
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
  for (const { at } of rootFields()) expect([at, await call(null, at)]).toEqual([at, ['UNAUTHENTICATED']]);
});

test('a role below the right is refused, before the arguments count for anything', async () => {
  for (const { at, right } of rootFields()) {
    const below = ROLES[ROLES.indexOf(right?.role ?? 'VIEWER') - 1];
    if (below !== undefined) expect([at, await call(actor(below), at)]).toEqual([at, ['FORBIDDEN']]);
  }
});

test('a role that has the right is not refused for it', async () => {
  for (const { at, right } of rootFields()) {
    const codes = await call(actor(right?.role ?? 'VIEWER'), at);
    expect([at, codes.includes('FORBIDDEN') || codes.includes('UNAUTHENTICATED')]).toEqual([at, false]);
  }
  expect(registry.unexpected).toEqual([]);
});

describe('a token that is bound to some models', () => {
  const bound = actor('ADMIN', ['mine']);

  test('is refused wherever another model is named', async () => {
    for (const { at, right } of rootFields()) {
      const named = right?.scope.includes('model') === true || right?.scope.includes('name') === true;
      if (named || right?.scope === 'registry') expect([at, await call(bound, at)]).toEqual([at, ['FORBIDDEN']]);
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
