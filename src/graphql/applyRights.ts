import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { requireModel, requireRole } from '../domain/actor.js';
import type { JuaraContext } from './context.js';
import { RIGHT, type Right, type Scope } from './requires.js';

type Field = GraphQLField<unknown, JuaraContext>;
type Args = Readonly<Record<string, unknown>>;
type Resolver = GraphQLFieldResolver<unknown, JuaraContext>;
type Kind = 'query' | 'mutation' | 'subscription';

/**
 * Puts every root field behind the right that it declares with @Requires, and throws where one declares none, or leaves its model
 * argument unchecked. It sits in the schema itself, so that HTTP and WebSocket cannot differ.
 */
export function applyRights(schema: GraphQLSchema): void {
  const roots: readonly [Kind, GraphQLObjectType | null | undefined][] = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ];
  for (const [kind, root] of roots) {
    for (const field of Object.values(root?.getFields() ?? {})) guard(kind, field, rightOf(root?.name ?? kind, field));
  }
  refuseInnerRights(schema, new Set(roots.map(([, root]) => root)));
}

/** A right that nobody would ask for is worse than none. */
function refuseInnerRights(schema: GraphQLSchema, roots: ReadonlySet<unknown>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.has(type)) continue;
    const declaring = Object.values(type.getFields()).find((field) => field.extensions[RIGHT] !== undefined);
    if (declaring === undefined) continue;
    throw new Error(`${type.name}.${declaring.name} declares a right: @Requires is for the fields that operations begin with`);
  }
}

function rightOf(root: string, field: Field): Right {
  const right = field.extensions[RIGHT] as Right | undefined;
  if (right === undefined) throw new Error(`${root}.${field.name} declares no right: put @Requires beside it`);
  const path = modelPath(field);
  // `registry` refuses every token that is bound to models, whichever of them is named.
  if (path !== null && right.scope !== path && right.scope !== 'registry')
    throw new Error(`${root}.${field.name} names a model: its scope must be '${path}'`);
  return right;
}

/** Where a field is told which model it touches, if it must be told. */
function modelPath(field: Field): Scope | null {
  if (field.args.some((arg) => arg.name === 'model' && isNonNullType(arg.type))) return 'model';
  const input = getNamedType(field.args.find((arg) => arg.name === 'input')?.type);
  return isInputObjectType(input) && input.getFields().model !== undefined ? 'input.model' : null;
}

function guard(kind: Kind, field: Field, right: Right): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  if (kind === 'query') field.resolve = behind(right, resolve);
  else if (kind === 'mutation') field.resolve = behind(right, freshAfter(resolve));
  else {
    field.resolve = behind(right, freshBefore(resolve));
    if (field.subscribe === undefined) throw new Error(`Subscription.${field.name} has no subscribe function`);
    field.subscribe = behind(right, field.subscribe);
  }
}

function behind(right: Right, resolve: Resolver): Resolver {
  return (root, args, context, info) => {
    allow(right, args, context);
    return resolve(root, args, context, info);
  };
}

function allow({ role, scope }: Right, args: Args, context: JuaraContext): void {
  const actor = requireRole(context.actor, role);
  if (scope === 'filtered' || scope === 'loaded' || scope === 'none') return;
  requireModel(actor, scope === 'registry' ? null : modelNamed(args, scope));
}

function modelNamed(args: Args, path: string): string | null {
  const value = path.split('.').reduce<unknown>((at, key) => (at as Args | null | undefined)?.[key], args);
  return typeof value === 'string' ? value : null;
}

/** What a mutation answers is read after it, and the next mutation of the same document sees nothing older. */
function freshAfter(resolve: Resolver): Resolver {
  return async (root, args, context, info) => {
    const result: unknown = await resolve(root, args, context, info);
    context.loaders.clear();
    return result;
  };
}

/** A subscription's context lives for hours; each event reads the state anew. */
function freshBefore(resolve: Resolver): Resolver {
  return (root, args, context, info) => {
    context.loaders.clear();
    return resolve(root, args, context, info);
  };
}
