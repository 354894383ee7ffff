import { describe, expect, it } from 'vitest';
import type { ClassifierTask } from '../../../src/demo/encodeClassifier.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import { arrays, chances, classifier, task } from './classifier.js';
import { benchmarkOf, evaluated, modelOf } from './evaluators.js';

const SAMPLES = 120_000;
const head = (name: string, k: number): ClassifierTask => ({
  name,
  classes: Array.from({ length: k }, (_, c) => `${name} ${c}`),
  weights: Array.from({ length: k }, (_, c) => [Math.sin(c), Math.cos(3 * c)]),
  bias: Array.from({ length: k }, (_, c) => Math.sin(7 * c)),
});
const HEADS = [head('many', 9), head('few', 3), head('most', 40)];
const TASKS = HEADS.map(({ name, classes }) => task(name, classes));

/** The first sample whose probabilities or label are not those of the closed form; -1 where all are. */
function firstWrong({ classes, labels, probabilities }: TaskPredictions, of: ClassifierTask): number {
  const k = classes.length;
  // Features repeat every 15 samples.
  const right = Array.from({ length: 15 }, (_, i) => chances(of, i));
  for (let i = 0; i < SAMPLES; i += 1) {
    if (labels[i] !== (7 * i) % k) return i;
    for (let c = 0; c < k; c += 1) if (Math.abs((probabilities[i * k + c] ?? 1) - (right[i % 15]?.[c] ?? 0)) > 1e-5) return i;
  }
  return -1;
}

describe('a large benchmark', () => {
  it('keeps each sample in its place, in every task', async () => {
    const model = await modelOf(classifier({ heads: HEADS }), { tasks: TASKS });
    const { samples, tasks } = await evaluated(model, await benchmarkOf(arrays(SAMPLES, 'float32', TASKS), TASKS));
    expect(samples).toBe(SAMPLES);
    expect(tasks.map((t) => t.labels.length)).toEqual([SAMPLES, SAMPLES, SAMPLES]);
    expect(HEADS.map((of, i) => firstWrong(tasks[i] as TaskPredictions, of))).toEqual([-1, -1, -1]);
  });
});
