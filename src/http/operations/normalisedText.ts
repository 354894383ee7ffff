import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, print, visit } from 'graphql';

/**
 * The document in one form, whatever its whitespace, its comments and the order of its definitions. A `__typename` without an alias
 * does not count: caches of GraphQL clients add it everywhere, and it shows no data.
 */
export function normalisedText(document: DocumentNode): string {
  const plain = visit(document, {
    Field: ({ name, alias, directives }) =>
      name.value === '__typename' && alias === undefined && (directives ?? []).length === 0 ? null : undefined,
  });
  return plain.definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION)
    .map(print)
    .sort()
    .join('\n');
}

/** SHA-256 of the normalised text, in hexadecimal: how the list knows a document. */
export function operationId(document: DocumentNode): string {
  return createHash('sha256').update(normalisedText(document)).digest('hex');
}
