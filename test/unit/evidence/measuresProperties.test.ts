import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionCounts, countMeasures, sampleMeasures } from '../../../src/domain/evidence/measures.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import { type Drawn, differing, drawn, measured, predictionsFrom } from '../../support/predictionRecords.js';

/** The samples at these places, as often as they are named. */
const samplesAt = (data: Drawn, places: readonly number[]): Drawn => ({
  classes: data.classes,
  labels: places.map((i) => data.labels[i] ?? 0),
  sixtieths: places.map((i) => data.sixtieths[i] ?? []),
});
const everyPlace = (values: ArrayLike<unknown>): number[] => Array.from(values, (_, i) => i);
const shuffledWith = (keys: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, i) => i).toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
const keys = fc.array(fc.nat(1000), { minLength: 25, maxLength: 25 });
const weights = fc.array(fc.nat(3), { minLength: 25, maxLength: 25 });

/** The same predictions with class `order[j]` at place j; what was answered stays, also where it was the first of equal ones. */
function reordered(predictions: TaskPredictions, order: readonly number[]): TaskPredictions {
  const k = order.length;
  const place = (c: number): number => order.indexOf(c);
  return {
    ...predictions,
    classes: order.map((c) => predictions.classes[c] ?? ''),
    labels: predictions.labels.map(place),
    predicted: predictions.predicted.map(place),
    probabilities: predictions.probabilities.map((_, at) => predictions.probabilities[at - (at % k) + (order[at % k] ?? 0)] ?? 0),
  };
}

describe('measures', () => {
  it('are not changed by the order of the samples', () => {
    fc.assert(
      fc.property(drawn, keys, (data, shuffle) => {
        const permuted = samplesAt(data, shuffledWith(shuffle, data.labels.length));
        const [before, after] = [measured(predictionsFrom(data)), measured(predictionsFrom(permuted))];
        // Sums of floats depend on their order in the last bits; those of counts and of ranks do not.
        expect(differing(after, before, 1e-12)).toEqual([]);
        for (const inexact of ['log_loss', 'brier', 'ece']) delete before[inexact];
        expect(after).toMatchObject(before);
      }),
    );
  });

  it('are not changed by the order of the classes', () => {
    fc.assert(
      fc.property(drawn, keys, (data, shuffle) => {
        const predictions = predictionsFrom(data);
        const order = shuffledWith(shuffle, data.classes.length);
        expect(differing(measured(reordered(predictions, order)), measured(predictions))).toEqual([]);
      }),
    );
  });

  it('change nothing but their names with the names of the classes', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        const classes = data.classes.map((_, c) => `${'_'.repeat(c)}recall_loss`);
        const before = measured(predictionsFrom(data));
        const after = measured(predictionsFrom({ ...data, classes }));
        expect(Object.values(after)).toEqual(Object.values(before));
        expect(Object.keys(after)).toEqual(Object.keys(before).map((name) => name.replace(/c(\d)$/, (_, c) => classes[Number(c)] ?? '')));
      }),
    );
  });

  it('take a sample with the weight w as w samples, one with 0 as none', () => {
    fc.assert(
      fc.property(drawn, weights, (data, drawnWeights) => {
        const times = Int32Array.from(data.labels, (_, i) => drawnWeights[i] ?? 0);
        const repeated = predictionsFrom(
          samplesAt(
            data,
            everyPlace(data.labels).flatMap((i) => Array<number>(times[i] ?? 0).fill(i)),
          ),
        );
        const predictions = predictionsFrom(data);
        for (const { name, prepare } of sampleMeasures(predictions)) {
          expect([name, differing({ value: prepare(predictions)(times) }, { value: prepare(repeated)(null) })]).toEqual([name, []]);
        }
      }),
    );
  });

  it('depend on weights only by how they compare: any multiple of them is the same', () => {
    fc.assert(
      fc.property(drawn, fc.array(fc.double({ min: 0.001, max: 9, noNaN: true }), { minLength: 25, maxLength: 25 }), (data, fractions) => {
        const predictions = predictionsFrom(data);
        for (const { name, prepare } of sampleMeasures(predictions)) {
          const value = prepare(predictions);
          const values = { [name]: value(fractions) };
          expect(differing({ [name]: value(fractions.map((w) => 12 * w)) }, values)).toEqual([]);
          expect(values[name] ?? 0).not.toBeGreaterThan(name === 't_log_loss' ? 16 : 1);
        }
      }),
    );
  });

  it('take weights of 1 as none, and weights of 0 as no sample', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        const predictions = predictionsFrom(data);
        for (const { prepare } of sampleMeasures(predictions)) {
          const value = prepare(predictions);
          expect(value(new Uint16Array(data.labels.length).fill(1))).toBe(value(null));
          expect(value(new Uint16Array(data.labels.length))).toBeNaN();
        }
      }),
    );
  });

  it('give the same each time, whatever was asked before and in between, and leave the predictions as they are', () => {
    fc.assert(
      fc.property(drawn, weights, (data, drawnWeights) => {
        const predictions = predictionsFrom(data);
        const other = predictionsFrom(samplesAt(data, everyPlace(data.labels).toReversed()));
        for (const { prepare } of sampleMeasures(predictions)) {
          const [one, two, stranger] = [prepare(predictions), prepare(predictions), prepare(other)];
          const first = one(null);
          const weighted = one(drawnWeights);
          stranger(drawnWeights);
          expect([one(null), two(null), two(drawnWeights), one(drawnWeights)]).toEqual([first, first, weighted, weighted]);
        }
        const counts = confusionCounts(predictions);
        const values = () => countMeasures(predictions).map((m) => m.of(counts));
        expect(values()).toEqual(values());
        expect(predictions).toEqual(predictionsFrom(data));
      }),
    );
  });

  it('keep to their ranges', () => {
    const most = (name: string): number =>
      name === 'mcc' || /^(auc_roc|brier|ece)/.test(name) ? 1 : name === 'log_loss' ? 23 * Math.LN2 : 100;
    fc.assert(
      fc.property(drawn, (data) => {
        for (const [name, value] of Object.entries(measured(predictionsFrom(data)))) {
          if (Number.isNaN(value)) continue;
          // A thousandth of a millionth: Brier scores and confidences are of float32 probabilities.
          expect(value, name).toBeGreaterThanOrEqual(name === 'mcc' ? -1 : 0);
          expect(value, name).toBeLessThanOrEqual(most(name) + 1e-9);
        }
      }),
    );
  });

  it('have no number of a class exactly where it has no samples; precision also where it is never answered, an area where all are of it', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        const predictions = predictionsFrom(data);
        const values = measured(predictions);
        data.classes.forEach((name, c) => {
          const samples = data.labels.filter((label) => label === c).length;
          expect(Number.isNaN(values[`recall_${name}`])).toBe(samples === 0);
          expect(Number.isNaN(values[`f1_${name}`])).toBe(samples === 0);
          expect(Number.isNaN(values[`precision_${name}`])).toBe(samples === 0 || !predictions.predicted.includes(c));
          expect(Number.isNaN(values[`auc_roc_${name}`])).toBe(samples === 0 || samples === data.labels.length);
        });
        expect(Number.isNaN(values.false_positive_rate)).toBe(!data.labels.includes(0));
      }),
    );
  });

  it('rest on the same whole: each count once', () => {
    fc.assert(
      fc.property(drawn, (data) => {
        const counts = confusionCounts(predictionsFrom(data));
        expect(counts).toHaveLength(data.classes.length ** 2);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(data.labels.length);
      }),
    );
  });
});
