import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionCounts, countMeasures } from '../../../src/domain/evidence/measures.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import { answersOf, differing, drawn, measured, predictionsFrom } from '../../support/predictionRecords.js';

const ABC = ['A', 'B', 'C'];
/** A confusion matrix as `3 1 / 2 4` (rows are true classes), each cell as that many samples. */
const withCounts = (classes: readonly string[], matrix: string, patch: Partial<TaskPredictions> = {}): TaskPredictions =>
  answersOf(
    classes,
    matrix.split('/').flatMap((row, i) =>
      row
        .trim()
        .split(' ')
        .flatMap((count, j) => Array.from({ length: Number(count) }, () => [i, j] as const)),
    ),
    patch,
  );

/** Those that the confusion counts decide. */
function counted(predictions: TaskPredictions): Record<string, number> {
  const counts = confusionCounts(predictions);
  return Object.fromEntries(countMeasures(predictions).map((m) => [m.name.slice(predictions.task.length + 1), m.of(counts)]));
}

/**
 * The same measures from the samples themselves, by other ways: F1 as harmonic mean, macro means over the set of classes that are seen,
 * MCC as Gorodkin's quotient of covariances of the two n x k indicator matrices.
 */
function bruteForce({ classes, labels, predicted, negativeClass }: TaskPredictions): Record<string, number> {
  const samples = Array.from(labels, (label, i) => ({ label, answer: predicted[i] ?? -1 }));
  const share = (of: typeof samples, such: (s: (typeof samples)[number]) => boolean): number => (100 * of.filter(such).length) / of.length;
  const right = (s: (typeof samples)[number]): boolean => s.label === s.answer;
  const precision = classes.map((_, c) =>
    share(
      samples.filter((s) => s.answer === c),
      right,
    ),
  );
  const recall = classes.map((_, c) =>
    share(
      samples.filter((s) => s.label === c),
      right,
    ),
  );
  const f1 = classes.map((_, c) =>
    samples.some((s) => right(s) && s.label === c) ? 2 / (1 / (precision[c] ?? 0) + 1 / (recall[c] ?? 0)) : 0,
  );
  const sampled = new Set<number>(labels);
  const seen = new Set([...labels, ...predicted]);
  const mean = (values: readonly number[], over: ReadonlySet<number>): number =>
    [...over].reduce((sum, c) => sum + (values[c] || 0), 0) / over.size;
  const ofSampled = (measure: string, values: readonly number[]) =>
    classes.map((name, c) => [`${measure}_${name}`, sampled.has(c) ? (values[c] ?? 0) : Number.NaN] as const);
  return {
    accuracy: share(samples, right),
    balanced_accuracy: mean(recall, sampled),
    precision: mean(precision, seen),
    recall: mean(recall, seen),
    f1: mean(f1, seen),
    mcc: correlation(samples, classes.length),
    ...(negativeClass !== null && {
      false_positive_rate: share(
        samples.filter((s) => classes[s.label] === negativeClass),
        (s) => classes[s.answer] !== negativeClass,
      ),
    }),
    ...Object.fromEntries([...ofSampled('precision', precision), ...ofSampled('recall', recall), ...ofSampled('f1', f1)]),
  };
}

function correlation(samples: readonly { label: number; answer: number }[], k: number): number {
  const indicators = (of: (s: (typeof samples)[number]) => number) =>
    Array.from({ length: k }, (_, c) => {
      const column = samples.map((s) => (of(s) === c ? 1 : 0));
      const mean = column.filter((x) => x === 1).length / samples.length;
      return column.map((x) => x - mean);
    });
  const covariance = (x: number[][], y: number[][]): number => x.flat().reduce((sum, value, i) => sum + value * (y.flat()[i] ?? 0), 0);
  const truth = indicators((s) => s.label);
  const answers = indicators((s) => s.answer);
  const spread = Math.sqrt(covariance(truth, truth) * covariance(answers, answers));
  return spread < 1e-12 ? 0 : covariance(truth, answers) / spread;
}

describe('measures of the confusion counts', () => {
  it('agree with a case by hand', () => {
    const predictions = withCounts(ABC, '5 1 0 / 2 3 1 / 0 0 8', { negativeClass: 'A' });
    expect([...confusionCounts(predictions)]).toEqual([5, 1, 0, 2, 3, 1, 0, 0, 8]);
    // 20 samples, 16 right. True: A 6, B 6, C 8; answered: A 7, B 4, C 9.
    // MCC: (16 x 20 - (6 x 7 + 6 x 4 + 8 x 9)) / sqrt((400 - (49 + 16 + 81)) (400 - (36 + 36 + 64))) = 182 / sqrt(254 x 264).
    expect(
      differing(counted(predictions), {
        accuracy: 80,
        balanced_accuracy: (100 * (5 / 6 + 3 / 6 + 1)) / 3,
        precision: (100 * (5 / 7 + 3 / 4 + 8 / 9)) / 3,
        recall: (100 * (5 / 6 + 3 / 6 + 1)) / 3,
        f1: (100 * (10 / 13 + 6 / 10 + 16 / 17)) / 3,
        mcc: 182 / Math.sqrt(254 * 264),
        // One of the six A raises an alarm.
        false_positive_rate: 100 / 6,
        precision_A: 500 / 7,
        precision_B: 75,
        precision_C: 800 / 9,
        recall_A: 500 / 6,
        recall_B: 50,
        recall_C: 100,
        // 2 TP / (true + answered).
        f1_A: 1000 / 13,
        f1_B: 60,
        f1_C: 1600 / 17,
      }),
    ).toEqual([]);
  });

  it('give no number of a class without samples, although it is answered; the macro means count it as found in vain', () => {
    const predictions = withCounts(ABC, '2 0 1 / 0 4 1 / 0 0 0');
    // Recalls 2/3 and 4/5. Precisions 2/2, 4/4, 0/2. F1 4/5, 8/9, 0/2. By hand; the means over three classes are scikit-learn's.
    const values = counted(predictions);
    expect([values.precision_C, values.recall_C, values.f1_C]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(values.balanced_accuracy).toBeCloseTo((100 * (2 / 3 + 4 / 5)) / 2, 10);
    expect(values.recall).toBeCloseTo((100 * (2 / 3 + 4 / 5 + 0)) / 3, 10);
    expect(values.precision).toBeCloseTo((100 * (1 + 1 + 0)) / 3, 10);
    expect(values.f1).toBeCloseTo((100 * (4 / 5 + 8 / 9 + 0)) / 3, 10);
  });

  it('leave a class out of the macro means that is neither true nor answered', () => {
    const two = counted(withCounts(['A', 'B'], '3 1 / 2 4'));
    const three = counted(withCounts(ABC, '3 1 0 / 2 4 0 / 0 0 0'));
    expect([three.precision_C, three.recall_C, three.f1_C]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const { precision_C: _p, recall_C: _r, f1_C: _f, ...rest } = three;
    expect(rest).toEqual(two);
  });

  it('count a class that the model never answers: recall and F1 0, no precision', () => {
    const values = counted(withCounts(ABC, '4 0 0 / 0 4 0 / 1 1 0'));
    expect([values.recall_C, values.f1_C, values.precision_C]).toEqual([0, 0, Number.NaN]);
    // Recalls 1, 1, 0; precisions 4/5, 4/5, none (0).
    expect(values.balanced_accuracy).toBeCloseTo(200 / 3, 10);
    expect(values.precision).toBeCloseTo(160 / 3, 10);
  });

  it('give the end points where all is right and where all is wrong', () => {
    // Right: everything is 100. Wrong: of two classes each answered as the other, R_2 = -1.
    const right = counted(withCounts(ABC, '3 0 0 / 0 2 0 / 0 0 5', { negativeClass: 'C' }));
    expect(
      new Set(
        Object.entries(right)
          .filter(([name]) => name !== 'mcc' && name !== 'false_positive_rate')
          .map(([, v]) => v),
      ),
    ).toEqual(new Set([100]));
    expect([right.mcc, right.false_positive_rate]).toEqual([1, 0]);
    const wrong = counted(withCounts(['A', 'B'], '0 3 / 4 0', { negativeClass: 'A' }));
    const { mcc, false_positive_rate, ...rest } = wrong;
    expect([mcc, false_positive_rate]).toEqual([-1, 100]);
    expect(new Set(Object.values(rest))).toEqual(new Set([0]));
  });

  it('give no number at all without samples, nor a false-positive rate without negative ones', () => {
    expect(new Set(Object.values(measured(answersOf(ABC, [], { negativeClass: 'A' }))))).toEqual(new Set([Number.NaN]));
    expect(counted(withCounts(['A', 'B'], '0 0 / 1 4', { negativeClass: 'A' })).false_positive_rate).toBeNaN();
    expect(counted(withCounts(['A', 'B'], '3 0 / 1 4'))).not.toHaveProperty('false_positive_rate');
  });

  it('have no correlation where truth or answers know one class only', () => {
    expect(counted(withCounts(['A', 'B'], '3 2 / 0 0')).mcc).toBe(0);
    expect(counted(withCounts(['A', 'B'], '3 0 / 2 0')).mcc).toBe(0);
    expect(counted(withCounts(['A', 'B'], '3 0 / 0 0')).mcc).toBe(0);
  });

  it('agree with brute force for every truth and every answer of four samples and three classes', () => {
    const words = Array.from({ length: 3 ** 4 }, (_, word) => [0, 1, 2, 3].map((place) => Math.floor(word / 3 ** place) % 3));
    const wrong = words.flatMap((labels) =>
      words.flatMap((answers) => {
        const predictions = answersOf(
          ABC,
          labels.map((label, i) => [label, answers[i] ?? 0] as const),
          { negativeClass: 'B' },
        );
        return differing(counted(predictions), bruteForce(predictions));
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('agree with brute force whatever the predictions are', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        const predictions = predictionsFrom(data);
        expect(differing(counted(predictions), bruteForce(predictions))).toEqual([]);
      }),
    );
  });

  it('have Pearson’s correlation of the two answers for two classes', () => {
    // Four counts of up to 6 each, all of them: 2401 tables. Pearson's r of 0/1 variables from sums over the samples.
    const sizes = [0, 1, 2, 3, 4, 5, 6];
    const tables = sizes.flatMap((a) => sizes.flatMap((b) => sizes.flatMap((c) => sizes.map((d) => [a, b, c, d] as const))));
    const wrong = tables.filter(([a, b, c, d]) => {
      const n = a + b + c + d;
      // x: the sample is of class B, y: it is answered as B; sums of x, y and xy.
      const [x, y, xy] = [c + d, b + d, d];
      const spread = Math.sqrt((x - x ** 2 / n) * (y - y ** 2 / n));
      const r = spread > 1e-9 ? (xy - (x * y) / n) / spread : 0;
      const mcc = countMeasures({ task: 't', classes: ['A', 'B'], negativeClass: null }).find((m) => m.name === 't_mcc');
      const value = mcc?.of([a, b, c, d]) ?? 0;
      return n === 0 ? !Number.isNaN(value) : Math.abs(value - r) > 1e-12;
    });
    expect(wrong).toEqual([]);
  });

  it('take fractions of samples, which resamples weigh, as they take samples', () => {
    fc.assert(
      fc.property(drawn, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (data, factor) => {
        const predictions = predictionsFrom(data);
        const counts = confusionCounts(predictions);
        for (const { name, of } of countMeasures(predictions)) {
          const [value, scaled] = [of(counts), of(Float64Array.from(counts, (count) => count * factor))];
          expect(differing({ [name]: scaled }, { [name]: value })).toEqual([]);
        }
      }),
    );
  });

  it('correlate as exact arithmetic does, also where next to nothing is left of all classes but one', () => {
    // Cells of a x 2^-b; BigInt holds their multiples of 2^-60, and with them R_3's numerator and both factors below the root, exactly.
    const cell = fc.oneof(
      fc.constant(0n),
      fc.tuple(fc.bigInt(1n, 1000n), fc.bigInt(0n, 60n)).map(([a, b]) => a << (60n - b)),
    );
    const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
    const at = (cells: readonly bigint[], of: (i: number, j: number) => boolean) =>
      total(cells.filter((_, i) => of(Math.floor(i / 3), i % 3)));
    const mcc = countMeasures({ task: 't', classes: ABC, negativeClass: null }).find((m) => m.name === 't_mcc');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), (cells) => {
        const n = total(cells);
        fc.pre(n > 0n);
        const truth = [0, 1, 2].map((c) => at(cells, (i) => i === c));
        const answers = [0, 1, 2].map((c) => at(cells, (_, j) => j === c));
        const numerator = n * at(cells, (i, j) => i === j) - total(truth.map((t, c) => t * (answers[c] ?? 0n)));
        const apart = (sizes: readonly bigint[]): number => Math.sqrt(Number(n * n - total(sizes.map((size) => size * size))));
        const spread = apart(truth) * apart(answers);
        const value = mcc?.of(cells.map((x) => Number(x) / 2 ** 60)) ?? Number.NaN;
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        // Where both are all but one class, what rounding leaves of the numerator is no number to compare.
        if (spread === 0) expect(value).toBe(0);
        else if (spread > 1e-9 * Number(n) ** 2) expect(value).toBeCloseTo(Number(numerator) / spread, 5);
      }),
      { numRuns: 2000 },
    );
  });

  it('say successes and trials of those that are shares of samples, and of no other', () => {
    const shares = (classes: readonly string[]) => [
      'accuracy',
      'false_positive_rate',
      ...classes.flatMap((c) => [`precision_${c}`, `recall_${c}`]),
    ];
    fc.assert(
      fc.property(drawn, (data) => {
        const predictions = predictionsFrom(data);
        const counts = confusionCounts(predictions);
        const rates = countMeasures(predictions).filter((m) => m.rate !== undefined);
        expect(rates.map((m) => m.name.slice(2)).toSorted()).toEqual(shares(data.classes).toSorted());
        for (const { of, rate } of rates) {
          const { successes, trials } = rate?.(counts) ?? { successes: -1, trials: -1 };
          expect(Number.isInteger(successes) && successes >= 0 && successes <= trials && trials <= data.labels.length).toBe(true);
          if (trials === 0) expect(of(counts)).toBeNaN();
          else expect(of(counts)).toBeCloseTo((100 * successes) / trials, 10);
        }
      }),
    );
  });

  it('count the trials of a precision by its answers, of a recall by its samples', () => {
    const predictions = withCounts(['A', 'B'], '5 1 / 2 4', { negativeClass: 'A' });
    const rates = Object.fromEntries(countMeasures(predictions).map((m) => [m.name, m.rate?.(confusionCounts(predictions))]));
    expect(rates).toMatchObject({
      t_accuracy: { successes: 9, trials: 12 },
      t_false_positive_rate: { successes: 1, trials: 6 },
      t_precision_A: { successes: 5, trials: 7 },
      t_precision_B: { successes: 4, trials: 5 },
      t_recall_A: { successes: 5, trials: 6 },
      t_recall_B: { successes: 4, trials: 6 },
    });
  });
});
