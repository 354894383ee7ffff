import { type GraphQLNamedType, type GraphQLSchema, isIntrospectionType, isSpecifiedScalarType, printType } from 'graphql';

const HEADER = '# The public contract, written by `npm run schema` from src/graphql. Do not edit: a test compares it with the code.';

/** The text of schema/schema.graphql: the roots first, then every type in the order in which they lead to it. */
export function printSdl(schema: GraphQLSchema): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((type) => type != null);
  const types = new Set<GraphQLNamedType>([...roots, ...Object.values(schema.getTypeMap())]);
  const own = [...types].filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  return `${[HEADER, ...own.map((type) => printType(type))].join('\n\n')}\n`;
}
