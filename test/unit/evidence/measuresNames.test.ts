import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMeasures, sampleMeasures } from '../../../src/domain/evidence/measures.js';
import { describeMetric, type MetricDirection, type MetricUnit } from '../../../src/domain/metric.js';

type Described = { unit: MetricUnit; direction: MetricDirection };
const up = (unit: MetricUnit): Described => ({ unit, direction: 'HIGHER_IS_BETTER' });
const down = (unit: MetricUnit): Described => ({ unit, direction: 'LOWER_IS_BETTER' });

/** As docs/metrics.md has it: measures of a whole task, and those of each class. */
const OF_TASK: Record<string, Described> = {
  accuracy: up('PERCENT'),
  balanced_accuracy: up('PERCENT'),
  precision: up('PERCENT'),
  recall: up('PERCENT'),
  f1: up('PERCENT'),
  mcc: up('NONE'),
  false_positive_rate: down('PERCENT'),
  auc_roc: up('FRACTION'),
  log_loss: down('NONE'),
  brier: down('FRACTION'),
  ece: down('FRACTION'),
};
const OF_CLASS: Record<string, Described> = {
  precision: up('PERCENT'),
  recall: up('PERCENT'),
  f1: up('PERCENT'),
  auc_roc: up('FRACTION'),
};

/** Names that sound like a measure, or like the end of one. */
const SOUNDING = [
  ...Object.keys(OF_TASK),
  'loss',
  'error_rate',
  'false_positive_rate',
  'auc',
  'roc',
  'latency',
  'latency_p95',
  'bytes',
  'model_bytes',
  'recall_loss',
  'f1_ece',
];
const tasks = fc.oneof(
  fc.constantFrom('magnitude', 'a.b-c', ...SOUNDING, ...SOUNDING.map((name) => `x_${name}`), ...SOUNDING.map((name) => `${name}_x`)),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/),
);
const classes = fc.oneof(
  fc.constantFrom('Large', '_recall_', '_', '5 <= M < 6', 'Südwest', '𝒳東', ...SOUNDING, ...SOUNDING.map((name) => `_${name}`)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((name) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(name) && name.trim() !== ''),
);
const described = fc.record({
  task: tasks,
  classes: fc.uniqueArray(classes, { minLength: 2, maxLength: 6 }),
});

const namesOf = (task: string, names: readonly string[], negativeClass: string | null = names[0] ?? null): string[] =>
  [...countMeasures({ task, classes: names, negativeClass }), ...sampleMeasures({ task, classes: names })].map((m) => m.name);

describe('names of measures', () => {
  it('are those of the task, then of each class', () => {
    expect(namesOf('magnitude', ['Large', 'Normal'], 'Normal')).toEqual([
      'magnitude_accuracy',
      'magnitude_balanced_accuracy',
      'magnitude_precision',
      'magnitude_recall',
      'magnitude_f1',
      'magnitude_mcc',
      'magnitude_false_positive_rate',
      'magnitude_precision_Large',
      'magnitude_precision_Normal',
      'magnitude_recall_Large',
      'magnitude_recall_Normal',
      'magnitude_f1_Large',
      'magnitude_f1_Normal',
      'magnitude_auc_roc',
      'magnitude_auc_roc_Large',
      'magnitude_auc_roc_Normal',
      'magnitude_log_loss',
      'magnitude_brier',
      'magnitude_ece',
    ]);
    expect(namesOf('magnitude', ['Large', 'Normal'], null)).not.toContain('magnitude_false_positive_rate');
  });

  it('imply unit and direction, whatever tasks and classes are called', () => {
    fc.assert(
      fc.property(described, ({ task, classes: names }) => {
        const expected = [
          ...Object.entries(OF_TASK).map(([measure, is]) => [`${task}_${measure}`, is]),
          ...Object.entries(OF_CLASS).flatMap(([measure, is]) => names.map((name) => [`${task}_${measure}_${name}`, is])),
        ];
        const all = namesOf(task, names);
        expect(new Set(all).size).toBe(all.length);
        expect(Object.fromEntries(all.map((name) => [name, describeMetric(name, task)]))).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('are better when lower for the false-positive rate and the losses alone', () => {
    fc.assert(
      fc.property(described, ({ task, classes: names }) => {
        const lower = namesOf(task, names).filter((name) => describeMetric(name, task).direction === 'LOWER_IS_BETTER');
        expect(lower).toEqual(['false_positive_rate', 'log_loss', 'brier', 'ece'].map((measure) => `${task}_${measure}`));
      }),
      { numRuns: 500 },
    );
  });
});
