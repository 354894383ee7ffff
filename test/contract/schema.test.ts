import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { RULE_NAMES } from '../../src/domain/decision.js';
import { EVENT_TYPES } from '../../src/domain/event.js';
import { buildJuaraSchema } from '../../src/graphql/buildJuaraSchema.js';
import { printSdl } from '../../src/graphql/printSdl.js';

const COPY = new URL('./contract.graphql', import.meta.url);
const ORIGINAL = new URL('../../../shared/contract.graphql', import.meta.url);
const EMITTED = new URL('../../schema/schema.graphql', import.meta.url);

const contract = buildSchema(readFileSync(COPY, 'utf8'));
let ours: GraphQLSchema;
beforeAll(async () => {
  ours = await buildJuaraSchema();
});

const ownTypes = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

test('the emitted SDL is what the code says (run `npm run schema` where it is not)', () => {
  expect(readFileSync(EMITTED, 'utf8')).toBe(printSdl(ours));
});

test('building twice gives the same SDL', async () => {
  expect(printSdl(await buildJuaraSchema())).toBe(printSdl(ours));
});

test('the schema is valid by the specification', () => {
  expect(validateSchema(ours)).toEqual([]);
  expect(validateSchema(buildSchema(readFileSync(EMITTED, 'utf8')))).toEqual([]);
});

test.runIf(existsSync(ORIGINAL))('the copy of the contract is the contract', () => {
  expect(readFileSync(COPY, 'utf8')).toBe(readFileSync(ORIGINAL, 'utf8'));
});

describe('the contract holds', () => {
  test('by the rules of graphql-js nothing breaks', () => {
    expect(findBreakingChanges(contract, ours)).toEqual([]);
  });

  test('type by type, nothing is less or other than the contract says', () => {
    expect(ownTypes(contract).flatMap((type) => differences(type, ours.getType(type.name)))).toEqual([]);
  });

  test('an enum grows by what was decided alone: types of events, the mid-p test, and the rule of signatures', () => {
    const grown = ownTypes(ours)
      .filter(isEnumType)
      .filter((type) => {
        const promised = contract.getType(type.name);
        return isEnumType(promised) && promised.getValues().length !== type.getValues().length;
      });
    expect(grown.map((type) => type.name)).toEqual(['EventType', 'PairedTestMethod', 'RuleName']);
    expect(grown.map((type) => type.getValues().map((value) => value.name))).toEqual([
      [...EVENT_TYPES],
      ['MCNEMAR_EXACT', 'MCNEMAR_MIDP', 'PAIRED_BOOTSTRAP'],
      [...RULE_NAMES],
    ]);
  });

  test('the checks of this file see what they are for', () => {
    const old = buildSchema(
      'type Query { a(x: Int = 1): Int! b: Int! } input I { x: Int = 2 } interface N { a: Int } type T implements N { a: Int }',
    );
    const now = buildSchema(
      'type Query { a(x: Int = 3, y: Int!): Int b: Int } input I { x: Int! y: Int! } interface N { a: Int } type T { a: Int }',
    );
    const seen = ownTypes(old).flatMap((type) => differences(type, now.getType(type.name)));
    expect(seen).toEqual([
      'Query.a is Int, not Int!',
      'Query.a(y) is required and new',
      'Query.a(x) defaults to 3, not 1',
      'Query.b is Int, not Int!',
      'I(y) is required and new',
      'I(x) is Int!, not Int',
      'I(x) defaults to undefined, not 2',
      'T implements N no more',
    ]);
  });
});

test('every element is described', () => {
  expect(ownTypes(ours).flatMap(undescribed)).toEqual([]);
});

test('no field of ours is wrapped by type-graphql where the record can be read directly', () => {
  const roots = new Set<GraphQLNamedType | null | undefined>([ours.getQueryType(), ours.getMutationType(), ours.getSubscriptionType()]);
  const objects = ownTypes(ours)
    .filter(isObjectType)
    .filter((type) => !roots.has(type));
  const wrapped = objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => field.resolve !== undefined)
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(wrapped).not.toContain('ModelVersion.status');
  expect(wrapped).not.toContain('GenericEvent.seq');
  expect(wrapped.length).toBeLessThan(60);
});

test('nothing of a token but what its type lists can be asked for', () => {
  const token = ours.getType('Token');
  expect(isObjectType(token) && Object.keys(token.getFields())).toEqual([
    'id',
    'name',
    'role',
    'models',
    'createdAt',
    'expiresAt',
    'revokedAt',
  ]);
});

/** Where `now` promises less than `old`, or something else. More fields, and more optional inputs, are no difference. */
function differences(old: GraphQLNamedType, now: GraphQLNamedType | undefined): string[] {
  if (now === undefined || now.constructor !== old.constructor) return [`${old.name} is gone or of another kind`];
  if ((isObjectType(old) || isInterfaceType(old)) && (isObjectType(now) || isInterfaceType(now))) {
    const lost = old.getInterfaces().filter((i) => !now.getInterfaces().some((j) => j.name === i.name));
    const fields = Object.values(old.getFields()).flatMap((field) => {
      const other = now.getFields()[field.name];
      const at = `${old.name}.${field.name}`;
      if (other === undefined) return [`${at} is gone`];
      const type = String(other.type) === String(field.type) ? [] : [`${at} is ${other.type}, not ${field.type}`];
      return [...type, ...inputDifferences(at, field.args, other.args)];
    });
    return [...lost.map((i) => `${old.name} implements ${i.name} no more`), ...fields];
  }
  if (isInputObjectType(old) && isInputObjectType(now)) {
    return inputDifferences(old.name, Object.values(old.getFields()), Object.values(now.getFields()));
  }
  if (isEnumType(old) && isEnumType(now)) {
    return old
      .getValues()
      .filter((v) => now.getValue(v.name) == null)
      .map((v) => `${old.name}.${v.name} is gone`);
  }
  return [];
}

type Input = GraphQLArgument | GraphQLInputField;

function inputDifferences(at: string, old: readonly Input[], now: readonly Input[]): string[] {
  const required = (input: Input): boolean => isNonNullType(input.type) && input.defaultValue === undefined;
  const added = now.filter((input) => required(input) && !old.some((o) => o.name === input.name));
  const changed = old.flatMap((input) => {
    const other = now.find((n) => n.name === input.name);
    if (other === undefined) return [`${at}(${input.name}) is gone`];
    const type = String(other.type) === String(input.type) ? [] : [`${at}(${input.name}) is ${other.type}, not ${input.type}`];
    const value =
      other.defaultValue === input.defaultValue
        ? []
        : [`${at}(${input.name}) defaults to ${other.defaultValue}, not ${input.defaultValue}`];
    return [...type, ...value];
  });
  return [...added.map((input) => `${at}(${input.name}) is required and new`), ...changed];
}

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

function undescribed(type: GraphQLNamedType): string[] {
  const lacks = (at: string, parts: readonly Described[]): string[] =>
    parts.filter((part) => (part.description ?? '').trim() === '').map((part) => `${at}${part.name}`);
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  const values = isEnumType(type) ? type.getValues() : [];
  const args = fields.flatMap((field) => lacks(`${type.name}.${field.name}.`, field.args));
  return [...lacks('', [type]), ...lacks(`${type.name}.`, [...fields, ...inputs, ...values]), ...args];
}
