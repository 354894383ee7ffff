import { type DocumentNode, type FieldNode, getOperationAST, Kind, visit } from 'graphql';
import type { Actor } from '../../domain/actor.js';
import { canonicalJson, type Json } from '../../domain/json.js';

export interface Asked {
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

/**
 * Equal keys, equal answers: the document, its variables, and the rights of who asks. The variable that holds the cursor to start from
 * is left out, unless it is used elsewhere too: where a subscriber begins does not change what an event looks like.
 */
export function groupKey({ query, document, operationName, variables, actor }: Asked): string {
  const cursor = cursorVariable(document, operationName);
  const kept = Object.fromEntries(Object.entries(variables).filter(([name]) => name !== cursor));
  const models = actor.models === null ? null : [...actor.models].sort();
  return canonicalJson({ query, operationName, variables: kept as Json, role: actor.role, models });
}

function cursorVariable(document: DocumentNode, operationName: string | null): string | null {
  const [field] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const value = field?.kind === Kind.FIELD ? afterOf(field) : undefined;
  if (value?.kind !== Kind.VARIABLE) return null;
  const name = value.name.value;
  let uses = 0;
  visit(document, {
    Variable: (node) => {
      if (node.name.value === name) uses += 1;
    },
  });
  // Once in its definition, once as `after`.
  return uses === 2 ? name : null;
}

function afterOf(field: FieldNode) {
  return field.arguments?.find((argument) => argument.name.value === 'after')?.value;
}
