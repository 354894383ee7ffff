import { type GraphQLField, type GraphQLSchema, getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from 'graphql';
import type { ComplexityEstimator } from 'graphql-query-complexity';

/** Entries that a list without `first` is taken to have: tasks, challengers, metrics, evaluations and files of a version are this few. */
export const ASSUMED_ENTRIES = 10;

type Field = GraphQLField<unknown, unknown>;

/** The types that are pages of a list: what a field with `first` answers with. Its entries have been counted by then. */
function pageTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const page = getNullableType(field.type);
      if (!isListType(page) && field.args.some((arg) => arg.name === 'first')) names.add(getNamedType(page).name);
    }
  }
  return names;
}

/** `first` as it was asked for, or else as the schema has it; null for a field without. */
function firstOf(field: Field, args: Readonly<Record<string, unknown>>): number | null {
  const arg = field.args.find(({ name }) => name === 'first');
  if (arg === undefined) return null;
  const asked = args.first ?? arg.defaultValue;
  return typeof asked === 'number' && asked > 0 ? asked : 0;
}

/**
 * Counts the objects that the answer may hold: one for each field that is an object, and lists multiply. Numbers and names within an
 * object are free, because JUARA_MAX_FIELDS bounds how many there are of each.
 */
export function objectCost(schema: GraphQLSchema): ComplexityEstimator {
  const pages = pageTypes(schema);
  return ({ field, type, args, childComplexity }) => {
    if (!isCompositeType(getNamedType(field.type))) return 0;
    const isList = isListType(getNullableType(field.type));
    const first = firstOf(field, args);
    if (first !== null) return isList ? first * (1 + childComplexity) : 1 + first * childComplexity;
    const entries = isList && !pages.has(type.name) ? ASSUMED_ENTRIES : 1;
    return entries * (1 + childComplexity);
  };
}
