import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import {
  answersOf,
  type Drawn,
  differing,
  drawn,
  measured,
  predictionsFrom,
  predictionsOf,
  type Sample,
} from '../../support/predictionRecords.js';

const AB = ['A', 'B'];
const ABC = ['A', 'B', 'C'];
/** A sample of two classes: the true one, and what the model gives B. */
const two = (label: number, givenB: number): Sample => [label, [1 - givenB, givenB]];
const three = (label: number, ...row: [number, number, number]): Sample => [label, row];
/** A sample of two classes, answered as B with this confidence, rightly or not. */
const sure = (confidence: number, right: boolean): Sample => two(right ? 1 : 0, confidence);

describe('area under the ROC curve', () => {
  it('agrees with a case by hand', () => {
    const values = measured(predictionsOf(AB, [two(1, 0.875), two(1, 0.5), two(1, 0.25), two(0, 0.5), two(0, 0.125)]));
    // Six pairs of a B and an A: 0.875 wins 2, 0.5 ties with 0.5 and wins 1, 0.25 loses 1 and wins 1: (2 + 1.5 + 1) / 6.
    expect([values.auc_roc_B, values.auc_roc_A, values.auc_roc]).toEqual([0.75, 0.75, 0.75]);
  });

  it('is 1 where every sample of the class is above the others, 0 where below, 1/2 where all are given the same', () => {
    const auc = (...samples: Sample[]) => measured(predictionsOf(AB, samples)).auc_roc_B;
    expect(auc(two(1, 0.75), two(1, 0.625), two(0, 0.5), two(0, 0.25))).toBe(1);
    expect(auc(two(0, 0.75), two(0, 0.625), two(1, 0.5), two(1, 0.25))).toBe(0);
    expect(auc(two(1, 0.5), two(0, 0.5), two(0, 0.5))).toBe(0.5);
  });

  it('is not more than 1 where weights round upwards', () => {
    // 0.1 x 0.1 + 0.4 x 0.1 is, in floats, a little more than (0.1 + 0.4) x 0.1.
    const predictions = predictionsOf(AB, [two(0, 0.25), two(1, 0.5), two(1, 0.75)]);
    expect(measured(predictions, [0.1, 0.1, 0.4]).auc_roc_B).toBe(1);
  });

  it('does not exist for a class without samples or with all of them, and the mean is over those that have one', () => {
    const values = measured(predictionsOf(ABC, [three(0, 0.5, 0.25, 0.25), three(1, 0.25, 0.5, 0.25), three(1, 0.75, 0, 0.25)]));
    // A: 0.5 against 0.25 and 0.75 wins one of two. B: 0.5 and 0 against 0.25 win one of two.
    expect([values.auc_roc_A, values.auc_roc_B, values.auc_roc_C, values.auc_roc]).toEqual([0.5, 0.5, Number.NaN, 0.5]);
    const alone = measured(predictionsOf(AB, [two(1, 0.5), two(1, 0.25)]));
    expect([alone.auc_roc_A, alone.auc_roc_B, alone.auc_roc]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('is 1/2 for a class that the model does not know', () => {
    const values = measured(predictionsOf(ABC, [three(0, 0.75, 0.25, 0), three(1, 0.25, 0.75, 0), three(2, 0.5, 0.5, 0)]));
    // A: 0.75 beats 0.25 and 0.5; B likewise; C is given 0 by every sample.
    expect([values.auc_roc_A, values.auc_roc_B, values.auc_roc_C]).toEqual([1, 1, 0.5]);
    expect(values.auc_roc).toBeCloseTo(2.5 / 3, 12);
  });

  it('is what counting all pairs gives, a tie half', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        expect(differing(areas(measured(predictionsFrom(data))), pairs(data), 1e-12)).toEqual([]);
      }),
    );
  });

  it('is what counting all pairs gives, for every way to give four samples one of four scores', () => {
    const wrong: string[] = [];
    for (let scores = 0; scores < 4 ** 4; scores++) {
      for (let labels = 0; labels < 2 ** 4; labels++) {
        const places = [0, 1, 2, 3];
        const given = places.map((i) => 20 * (Math.floor(scores / 4 ** i) % 4));
        const data = { classes: AB, labels: places.map((i) => (labels >> i) & 1), sixtieths: given.map((b) => [60 - b, b]) };
        wrong.push(...differing(areas(measured(predictionsFrom(data))), pairs(data), 1e-12));
      }
    }
    expect(wrong).toEqual([]);
  });
});

const areas = (values: Record<string, number>) => Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('auc_roc')));

/** Of all pairs of a sample of the class and another: the share in which the first is given more, ties as half. In whole numbers. */
function pairs({ classes, labels, sixtieths }: Drawn): Record<string, number> {
  const each = classes.map((_, c) => {
    const given = (of: boolean) => sixtieths.filter((_row, i) => (labels[i] === c) === of).map((row) => row[c] ?? 0);
    const wins = given(true).flatMap((own) => given(false).map((other) => 1 + Math.sign(own - other)));
    return wins.reduce<number>((sum, win) => sum + win, 0) / (2 * wins.length);
  });
  const defined = each.filter((area) => !Number.isNaN(area));
  const mean = defined.reduce((sum, area) => sum + area, 0) / defined.length;
  return { auc_roc: mean, ...Object.fromEntries(classes.map((name, c) => [`auc_roc_${name}`, each[c] ?? Number.NaN])) };
}

describe('log loss', () => {
  const loss = (...samples: Sample[]) => measured(predictionsOf(AB, samples)).log_loss;

  it('agrees with cases by hand', () => {
    // -ln(1/2), -ln(1/4) = 2 ln 2, -ln(1/8) = 3 ln 2: (1 + 2 + 3) ln 2 / 3.
    expect(loss(two(1, 0.5), two(1, 0.25), two(0, 0.875))).toBeCloseTo(2 * Math.LN2, 12);
    // Four classes given the same: ln 4.
    expect(measured(predictionsOf(['A', 'B', 'C', 'D'], [[2, [0.25, 0.25, 0.25, 0.25]]])).log_loss).toBeCloseTo(Math.log(4), 12);
  });

  it('is 0 at best and, as less than 2^-23 counts as 2^-23, 23 ln 2 at worst', () => {
    expect(loss(two(1, 1), two(0, 0))).toBe(0);
    expect(loss(two(1, 0), two(0, 1))).toBeCloseTo(23 * Math.LN2, 12);
    expect(loss(two(1, 2 ** -30))).toBeCloseTo(23 * Math.LN2, 12);
    expect(loss(two(1, 2 ** -22))).toBeCloseTo(22 * Math.LN2, 12);
  });

  it('costs a sample of a class that the model does not know 23 ln 2', () => {
    // The other sample costs ln 2.
    const values = measured(predictionsOf(ABC, [three(2, 0.5, 0.5, 0), three(0, 0.5, 0.5, 0)]));
    expect(values.log_loss).toBeCloseTo(12 * Math.LN2, 12);
  });
});

describe('Brier score', () => {
  const brier = (classes: readonly string[], ...samples: Sample[]) => measured(predictionsOf(classes, samples)).brier;

  it('agrees with cases by hand', () => {
    // Two classes: squared error of the one probability, (0.25^2 + 0.75^2) / 2.
    expect(brier(AB, two(1, 0.75), two(0, 0.75))).toBe(0.3125);
    // Three: (0.5^2 + 0.25^2 + 0.25^2) / 2 = 0.1875.
    expect(brier(ABC, three(0, 0.5, 0.25, 0.25))).toBe(0.1875);
    // k classes given the same: ((1 - 1/k)^2 + (k - 1) / k^2) / 2 = (1 - 1/k) / 2; k = 4.
    expect(brier(['A', 'B', 'C', 'D'], [2, [0.25, 0.25, 0.25, 0.25]])).toBe(0.375);
  });

  it('is 0 where all is right and certain, 1 where all is wrong and certain', () => {
    expect(brier(ABC, three(0, 1, 0, 0), three(2, 0, 0, 1))).toBe(0);
    expect(brier(ABC, three(0, 0, 1, 0), three(2, 1, 0, 0))).toBe(1);
  });

  it('is, in whole numbers, 1 - 2 p(true) + sum of p^2, halved', () => {
    // Expanding the square: sum (p_c - y_c)^2 = sum p_c^2 - 2 p_true + 1. Exact in 1/3600; float32 holds the probabilities to 2^-24.
    fc.assert(
      fc.property(drawn, (data) => {
        const squares = data.sixtieths.map((row, i) => row.reduce((sum, x) => sum + x * x, 3600) - 120 * (row[data.labels[i] ?? 0] ?? 0));
        const expected = squares.reduce((sum, x) => sum + x, 0) / (7200 * squares.length);
        expect(Math.abs((measured(predictionsFrom(data)).brier ?? Number.NaN) - expected)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('expected calibration error', () => {
  const ece = (...samples: Sample[]) => measured(predictionsOf(AB, samples)).ece;

  it('agrees with a case by hand', () => {
    // 0.625 is in the bin up to 10/15: |3 right - 4 x 0.625| = 0.5. 0.875 in the bin up to 14/15, wrong: 0.875. 1, right: 0. Of 6 samples.
    expect(ece(sure(0.625, true), sure(0.625, true), sure(0.625, true), sure(0.625, false), sure(0.875, false), sure(1, true))).toBeCloseTo(
      1.375 / 6,
      12,
    );
  });

  it('closes bins above: 9/15 belongs with what is below it, and more than that does not', () => {
    // In one bin a right and a wrong answer make |1 - p - q| / 2, in two |1 - p| / 2 + q / 2. float32 holds 0.6 to 2^-24.
    expect(ece(sure(0.6, true), sure(0.5625, false))).toBeCloseTo((0.6 + 0.5625 - 1) / 2, 6);
    expect(ece(sure(0.6, true), sure(0.640625, false))).toBeCloseTo((0.4 + 0.640625) / 2, 6);
  });

  it('is 0 where the share of right answers is what the model says, 1 where it is certain and wrong', () => {
    expect(ece(sure(0.75, true), sure(0.75, true), sure(0.75, true), sure(0.75, false))).toBe(0);
    expect(ece(two(1, 1), two(0, 0))).toBe(0);
    expect(ece(two(0, 1), two(1, 0))).toBe(1);
  });

  it('is what going through the bins one by one gives', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        const predictions = predictionsFrom(data);
        expect(measured(predictions).ece).toBeCloseTo(binByBin(data, predictions), 6);
      }),
    );
  });
});

/** sum over bins of |share of right answers - mean confidence| x samples / all; the bin from whole numbers: b/15 < c/60 <= (b+1)/15. */
function binByBin({ labels, sixtieths }: Drawn, { predicted }: TaskPredictions): number {
  const answers = sixtieths.map((row, i) => ({ confidence: Math.max(...row), right: predicted[i] === labels[i] }));
  let error = 0;
  for (let bin = 0; bin < 15; bin++) {
    const inBin = answers.filter((a) => 4 * bin < a.confidence && a.confidence <= 4 * (bin + 1));
    if (inBin.length === 0) continue;
    const right = inBin.filter((a) => a.right).length / inBin.length;
    const confidence = inBin.reduce((sum, a) => sum + a.confidence, 0) / 60 / inBin.length;
    error += Math.abs(right - confidence) * (inBin.length / answers.length);
  }
  return error;
}

describe('all measures', () => {
  it('agree with scikit-learn', () => {
    // True class and sixtieths for each: ties between samples, one true class given 0, D answered once.
    const rows: [number, number[]][] = [
      [0, [48, 6, 6, 0]],
      [0, [30, 15, 15, 0]],
      [0, [12, 36, 12, 0]],
      [0, [60, 0, 0, 0]],
      [0, [24, 0, 12, 24]],
      [1, [6, 42, 12, 0]],
      [1, [36, 12, 12, 0]],
      [1, [12, 18, 30, 0]],
      [1, [0, 54, 6, 0]],
      [2, [0, 0, 60, 0]],
      [2, [6, 6, 36, 12]],
      [2, [12, 12, 0, 36]],
      [2, [18, 12, 30, 0]],
      [2, [54, 6, 0, 0]],
    ];
    const { ece: _own, ...values } = measured(
      predictionsFrom({ classes: ['A', 'B', 'C', 'D'], labels: rows.map(([label]) => label), sixtieths: rows.map(([, row]) => row) }),
    );
    // scikit-learn 1.9.1 on the same float32 probabilities. precision_score, recall_score, f1_score
    // (average='macro', or None), balanced_accuracy_score, matthews_corrcoef, roc_auc_score(y == c, P[:, c]) and the mean of the three,
    // log_loss, brier_score_loss(scale_by_half=True). It has no expected calibration error.
    const none = Number.NaN;
    expect(
      differing(
        values,
        {
          accuracy: 64.28571428571429,
          balanced_accuracy: 63.33333333333333,
          precision: 52.08333333333333,
          recall: 47.5,
          f1: 49.13419913419913,
          mcc: 0.48490414738065246,
          false_positive_rate: 20,
          precision_A: 66.66666666666666,
          precision_B: 66.66666666666666,
          precision_C: 75,
          precision_D: none,
          recall_A: 80,
          recall_B: 50,
          recall_C: 60,
          recall_D: none,
          f1_A: 72.72727272727273,
          f1_B: 57.14285714285714,
          f1_C: 66.66666666666666,
          f1_D: none,
          auc_roc: 0.7703703703703705,
          auc_roc_A: 0.8,
          auc_roc_B: 0.9,
          auc_roc_C: 0.6111111111111112,
          auc_roc_D: none,
          log_loss: 2.8433003425598145,
          brier: 0.28125,
        },
        1e-6,
      ),
    ).toEqual([]);
  });

  it('of samples that are certain agree with the closed forms in the share of wrong answers', () => {
    // e of n wrong: each of those costs 23 ln 2, a Brier score of 1, and a confidence of 1 that is not deserved.
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 20 }), (answers) => {
        const share = answers.filter(([label, answer]) => label !== answer).length / answers.length;
        const { log_loss, brier, ece, accuracy } = measured(answersOf(ABC, answers));
        const expected = { log_loss: share * 23 * Math.LN2, brier: share, ece: share, accuracy: 100 * (1 - share) };
        expect(differing({ log_loss, brier, ece, accuracy } as Record<string, number>, expected)).toEqual([]);
      }),
    );
  });
});
