/** How deep objects and lists lie within one another; without recursion, because the input may be deeper than the stack. */
export function inputDepth(input: unknown): number {
  let deepest = 0;
  const rest: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value, depth } = next;
    if (value === null || typeof value !== 'object') continue;
    deepest = Math.max(deepest, depth);
    for (const inner of Object.values(value)) {
      if (inner !== null && typeof inner === 'object') rest.push({ value: inner, depth: depth + 1 });
    }
  }
  return deepest;
}
