import type { PreparedSide } from './preparedSide.js';
import type { Draws, ResampleOptions } from './resample.js';

/** One measure under both versions: in each draw, and as observed. */
export interface PairedDraws {
  readonly name: string;
  readonly task: string;
  readonly base: Float64Array;
  readonly candidate: Float64Array;
  readonly observed: { readonly base: number; readonly candidate: number };
  readonly bySample: boolean;
}

/** One task under both versions. */
export interface PreparedPair {
  readonly base: PreparedSide;
  readonly candidate: PreparedSide;
}

/** Draws all tasks of both sides at once; answers with what both sides have observed a number of. */
export function pairedDraws(
  pairs: readonly PreparedPair[],
  resample: (sides: readonly PreparedSide[], options: ResampleOptions) => Draws[],
  options: ResampleOptions,
): PairedDraws[] {
  const drawn = resample([...pairs.map((p) => p.base), ...pairs.map((p) => p.candidate)], options);
  return pairs.flatMap((pair, t) =>
    [...pair.base.observed].flatMap(([name, { value, bySample }]) => {
      const other = pair.candidate.observed.get(name)?.value;
      const [base, candidate] = [drawn[t]?.get(name), drawn[pairs.length + t]?.get(name)];
      if (other === undefined || base === undefined || candidate === undefined) return [];
      return [{ name, task: pair.base.predictions.task, base, candidate, observed: { base: value, candidate: other }, bySample }];
    }),
  );
}
