interface Named {
  readonly name: string;
}

interface Sorted<M> {
  /** What the policy weighs; where none of it is there, the first few. */
  readonly first: readonly M[];
  readonly others: readonly M[];
}

/** Metrics to show at once where the policy weighs none of them. */
const FEW = 6;

/** What the policy weighs before everything else, each name once: the API lists what was measured before what was reported. */
export function sortMetrics<M extends Named>(metrics: readonly M[], weighed: readonly string[]): Sorted<M> {
  const names = metrics.map(({ name }) => name);
  const first = metrics.filter(({ name }, i) => weighed.includes(name) && names.indexOf(name) === i);
  if (first.length === 0) return { first: metrics.slice(0, FEW), others: metrics.slice(FEW) };
  return { first, others: metrics.filter((metric) => !first.includes(metric)) };
}
