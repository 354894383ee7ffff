/** Levenshtein's edit distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, charA] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, charB] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (charA === charB ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The known name that takes the fewest edits from `name`; the first of several. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const ranked = known.map((k) => ({ name: k, distance: editDistance(name, k) })).sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name ?? null;
}
