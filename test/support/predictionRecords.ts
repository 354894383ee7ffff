import fc from 'fast-check';
import { confusionCounts, countMeasures, sampleMeasures } from '../../src/domain/evidence/measures.js';
import type { TaskPredictions } from '../../src/domain/taskPredictions.js';

/** The true class, as an index, and what the model gives each class. */
export type Sample = readonly [label: number, row: readonly number[]];

/** Predictions of task `t` from samples; `predicted` is the first of a row's highest values. */
export function predictionsOf(
  classes: readonly string[],
  samples: readonly Sample[],
  patch: Partial<TaskPredictions> = {},
): TaskPredictions {
  return {
    task: 't',
    classes,
    absent: [],
    negativeClass: null,
    labels: Int32Array.from(samples, ([label]) => label),
    predicted: Int32Array.from(samples, ([, row]) => row.indexOf(Math.max(...row))),
    probabilities: Float32Array.from(samples.flatMap(([, row]) => row)),
    ...patch,
  };
}

/** Predictions whose rows are certain of the answered class: each pair is a true class and an answer. */
export function answersOf(
  classes: readonly string[],
  answers: readonly (readonly [number, number])[],
  patch: Partial<TaskPredictions> = {},
) {
  const certain = (answer: number): number[] => classes.map((_, c) => (c === answer ? 1 : 0));
  return predictionsOf(
    classes,
    answers.map(([label, answer]): Sample => [label, certain(answer)]),
    patch,
  );
}

/** Every measure's value by its name without the task; NaN where there is no such number. `weights` concern those of samples only. */
export function measured(predictions: TaskPredictions, weights: ArrayLike<number> | null = null): Record<string, number> {
  const counts = confusionCounts(predictions);
  const values = [
    ...countMeasures(predictions).map((m) => [m.name, m.of(counts)] as const),
    ...sampleMeasures(predictions).map((m) => [m.name, m.prepare(predictions)(weights)] as const),
  ];
  return Object.fromEntries(values.map(([name, value]) => [name.slice(predictions.task.length + 1), value]));
}

/** Predictions as whole numbers, so that tests can reckon exactly: each row of `sixtieths` sums to 60. */
export interface Drawn {
  readonly classes: readonly string[];
  readonly labels: readonly number[];
  readonly sixtieths: readonly (readonly number[])[];
}

/**
 * Two to five classes and up to 25 samples, ties frequent (both within a row and between samples). The model knows no class `absent`
 * (always 0), the benchmark none of the last `unsampled` classes, and chance leaves others without samples.
 */
export const drawn: fc.Arbitrary<Drawn> = fc
  .record({ k: fc.integer({ min: 2, max: 5 }), absent: fc.boolean(), unsampled: fc.nat(1) })
  .chain(({ k, absent, unsampled }) =>
    fc.array(fc.tuple(fc.nat(k - 1 - unsampled), rowOf(absent ? k - 1 : k)), { minLength: 1, maxLength: 25 }).map((samples) => ({
      classes: Array.from({ length: k }, (_, c) => `c${c}`),
      labels: samples.map(([label]) => label),
      sixtieths: samples.map(([, row]) => (absent ? [0, ...row] : row)),
    })),
  );

/** k whole numbers that sum to 60: the distances between k - 1 places on a line of that length. */
function rowOf(k: number): fc.Arbitrary<number[]> {
  const place = fc.oneof(
    fc.nat(60),
    fc.nat(5).map((fifth) => 12 * fifth),
  );
  return fc.array(place, { minLength: k - 1, maxLength: k - 1 }).map((places) => {
    const ends = [...places.toSorted((a, b) => a - b), 60];
    return ends.map((end, i) => end - (ends[i - 1] ?? 0));
  });
}

export function predictionsFrom({ classes, labels, sixtieths }: Drawn, patch: Partial<TaskPredictions> = {}): TaskPredictions {
  const samples = sixtieths.map((row, i): Sample => [labels[i] ?? 0, row.map((x) => x / 60)]);
  return predictionsOf(classes, samples, { negativeClass: classes[0] ?? null, ...patch });
}

/** Names that one side lacks, or whose values are further apart than `tolerance`; NaN equals NaN. Quicker than 100,000 expectations. */
export function differing(actual: Record<string, number>, expected: Record<string, number>, tolerance = 1e-9): string[] {
  const same = (a: number | undefined, b: number | undefined): boolean =>
    a !== undefined && b !== undefined && (Object.is(a, b) || Math.abs(a - b) <= tolerance);
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    .filter((name) => !same(actual[name], expected[name]))
    .map((name) => `${name}: ${actual[name]} instead of ${expected[name]}`);
}
