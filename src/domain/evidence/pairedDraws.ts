import type { TaskPredictions } from '../taskPredictions.js';
import type { Observed } from './observed.js';
import type { TaskPair } from './pairTasks.js';
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

export interface ObservedPair {
  readonly base: ReadonlyMap<string, Observed>;
  readonly candidate: ReadonlyMap<string, Observed>;
}

/** Draws all tasks of both sides at once; answers with what both sides have observed a number of. */
export function pairedDraws(
  pairs: readonly TaskPair[],
  found: readonly ObservedPair[],
  resample: (sides: readonly TaskPredictions[], options: ResampleOptions) => Draws[],
  options: ResampleOptions,
): PairedDraws[] {
  const drawn = resample([...pairs.map((p) => p.base), ...pairs.map((p) => p.candidate)], options);
  return pairs.flatMap((pair, t) =>
    [...(found[t]?.base ?? [])].flatMap(([name, { value, bySample }]) => {
      const other = found[t]?.candidate.get(name)?.value;
      const [base, candidate] = [drawn[t]?.get(name), drawn[pairs.length + t]?.get(name)];
      if (other === undefined || base === undefined || candidate === undefined) return [];
      return [{ name, task: pair.base.task, base, candidate, observed: { base: value, candidate: other }, bySample }];
    }),
  );
}
