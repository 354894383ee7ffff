import type { CompareChoicesQuery } from '../api/generated/operations';

type Choices = NonNullable<CompareChoicesQuery['model']>;

export interface Pair {
  readonly base: string;
  readonly candidate: string;
}

/**
 * What to compare where the address does not say: the champion with the first challenger, else with the highest version that is not
 * the champion. Null: there are no two versions yet.
 */
export function chosenPair(model: Choices, base: string | undefined, candidate: string | undefined): Pair | null {
  const known = [...model.challengers, ...model.versions.nodes].map(({ version }) => version);
  const first = base ?? model.champion?.version ?? known[1];
  if (first === undefined) return null;
  const second = candidate ?? known.find((version) => version !== first);
  return second === undefined ? null : { base: first, candidate: second };
}
