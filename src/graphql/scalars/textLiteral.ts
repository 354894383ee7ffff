import { Kind, print, type ValueNode } from 'graphql';

/** The text of a string literal; any other literal as the text that was written, wrapped so that it cannot pass for a string. */
export function textLiteral(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : { toString: () => print(node) };
}
