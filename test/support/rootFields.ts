import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { RIGHT, type Right } from '../../src/graphql/requires.js';

export interface RootField {
  /** e.g. Query.models */
  readonly at: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly args: readonly GraphQLArgument[];
  readonly right: Right | undefined;
  readonly leaf: boolean;
}

/** Every field that an operation can begin with. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((type) => type != null);
  return roots.flatMap((root) =>
    Object.values(root.getFields()).map((field) => ({
      at: `${root.name}.${field.name}`,
      kind: root.name.toLowerCase() as RootField['kind'],
      args: field.args,
      right: field.extensions[RIGHT] as Right | undefined,
      leaf: !('getFields' in (isNonNullType(field.type) ? field.type.ofType : field.type)) && !String(field.type).startsWith('['),
    })),
  );
}

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
  return { ...scalars, Sha256: 'a'.repeat(64), JSON: {}, Cursor: '' }[type.name] ?? model;
}

/** An operation that asks for the one field, with sample values for what it requires, and for the arguments named in `also`. */
export function operationOn(field: RootField, model: string, also: readonly string[] = []) {
  const passed = field.args.filter((arg) => isNonNullType(arg.type) || also.includes(arg.name));
  const parens = (parts: string[]): string => (parts.length === 0 ? '' : `(${parts.join(', ')})`);
  const declared = parens(passed.map((arg) => `$${arg.name}: ${arg.type}`));
  const call = `${field.at.split('.')[1]}${parens(passed.map((arg) => `${arg.name}: $${arg.name}`))}`;
  return {
    query: `${field.kind} ${declared} { ${call} ${field.leaf ? '' : '{ __typename }'} }`,
    variables: Object.fromEntries(passed.map((arg) => [arg.name, sample(arg.type, model)])),
  };
}
