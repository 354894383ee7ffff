import {
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';

/** One place of the API where a client writes text: an argument of a root field, or a field of its inputs. */
export interface TextPlace {
  /** e.g. registerVersion(input.files.name) */
  readonly at: string;
  readonly document: string;
  /** Variables with this text there, and something plausible everywhere else. */
  readonly variables: (text: string) => Record<string, unknown>;
}

const TEXT = new Set(['String', 'ID', 'SemVer', 'Sha256', 'Cursor', 'DateTime', 'JSON']);
/** Plausible values by the name of the argument or field. */
export type Plausible = Readonly<Record<string, unknown>>;

/** Every such place of the queries and mutations, from the schema itself: what is added to it is in here at once. */
export function textPlaces(schema: GraphQLSchema, plausible: Plausible): TextPlace[] {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type): type is GraphQLObjectType => type != null);
  return roots.flatMap((root) =>
    Object.values(root.getFields()).flatMap((field) => {
      const operation = root === schema.getQueryType() ? 'query' : 'mutation';
      const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
      const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      const document = `${operation} (${declared}) { ${field.name}(${passed})${selection(field.type)} }`;
      return field.args.flatMap((arg) =>
        pathsOf(arg.type, [arg.name]).map((path) => ({
          at: `${field.name}(${path.join('.')})`,
          document,
          variables: (text: string) =>
            Object.fromEntries(
              field.args
                .filter((other) => isNonNullType(other.type) || other === arg)
                .map((other) => [other.name, filled(other.type, [other.name], path, text, plausible)]),
            ),
        })),
      );
    }),
  );
}

/** Names that lead to each text within the type; inputs that hold themselves do not exist here. */
function pathsOf(type: GraphQLInputType, at: readonly string[]): string[][] {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).flatMap((field) => pathsOf(field.type, [...at, field.name]));
  return isScalarType(named) && TEXT.has(named.name) ? [[...at]] : [];
}

function filled(type: GraphQLInputType, at: readonly string[], path: readonly string[], text: string, plausible: Plausible): unknown {
  if (isNonNullType(type)) return filled(type.ofType, at, path, text, plausible);
  if (isListType(type)) return [filled(type.ofType, at, path, text, plausible)];
  if (at.join('.') === path.join('.')) return text;
  if (isInputObjectType(type)) {
    const onTheWay = (name: string): boolean => [...at, name].every((step, i) => path[i] === step);
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || onTheWay(field.name));
    return Object.fromEntries(fields.map((field) => [field.name, filled(field.type, [...at, field.name], path, text, plausible)]));
  }
  const name = at.at(-1) ?? '';
  if (name in plausible) return plausible[name];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const scalars: Plausible = { Int: 1, Float: 1, Boolean: true, SemVer: '1.0.0', DateTime: '2030-01-01T00:00:00Z', Sha256: 'a'.repeat(64) };
  return scalars[String(type)] ?? 'm';
}

function selection(type: unknown): string {
  const named = getNamedType(type as Parameters<typeof getNamedType>[0]);
  return isObjectType(named) || isUnionType(named) || isInterfaceType(named) ? ' { __typename }' : '';
}
