import type { TaskPredictions } from '../taskPredictions.js';

/** One task under both versions. */
export interface TaskPair {
  readonly base: TaskPredictions;
  readonly candidate: TaskPredictions;
}

/**
 * Pairs the tasks by name; those that one side lacks are left out. Throws where the sides do not have the same samples: other labels
 * (by name), or another number of them, also between tasks.
 */
export function pairTasks(base: readonly TaskPredictions[], candidate: readonly TaskPredictions[]): TaskPair[] {
  const pairs = base.flatMap((b) => candidate.filter((c) => c.task === b.task).map((c) => ({ base: b, candidate: c })));
  for (const pair of pairs) checkSameSamples(pair, pairs[0]?.base.labels.length ?? 0);
  return pairs;
}

function checkSameSamples({ base, candidate }: TaskPair, samples: number): void {
  const lengths = [base.labels.length, candidate.labels.length];
  if (lengths.some((n) => n !== samples))
    throw new Error(`task ${base.task}: ${lengths.join(' and ')} samples, where ${samples} are expected`);
  const at = base.labels.findIndex((label, i) => label !== candidate.labels[i] || base.classes[label] !== candidate.classes[label]);
  if (at >= 0) throw new Error(`task ${base.task}: sample ${at} has another label on the other side`);
}
