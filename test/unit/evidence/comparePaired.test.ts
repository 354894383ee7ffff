import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePaired, type PairedOptions } from '../../../src/domain/evidence/comparePaired.js';
import { predictionsOf, reordered, times } from './predictions.js';

const OPTIONS: PairedOptions = {
  weights: [{ metric: 'mag_accuracy', weight: 2 }],
  test: 'MCNEMAR_EXACT',
  significanceLevel: 0.05,
  iterations: 1000,
  level: 0.95,
  seed: 5,
  fixed: {},
};
const CLASSES = ['A', 'B', 'C'];
const TRUTH = [...Array<string>(40).fill('A'), ...Array<string>(60).fill('B'), ...Array<string>(20).fill('C')];
/** Right, but for the samples that `wrong` names, which get the next class. */
const answering = (task: string, wrong: (i: number) => boolean, classes = CLASSES) =>
  predictionsOf(
    task,
    classes,
    TRUTH.map((truth, i) => [truth, wrong(i) ? (CLASSES[(CLASSES.indexOf(truth) + 1) % 3] ?? '') : truth]),
  );
const BASE = answering('mag', (i) => i % 5 === 0);
const CANDIDATE = answering('mag', (i) => i % 15 === 0 || i % 40 === 1);

describe('comparePaired', () => {
  const evidence = comparePaired([BASE], [CANDIDATE], OPTIONS);

  it('counts the four ways and tests them', () => {
    // By hand: of 120, 24 are multiples of 5, 8 of them of 15; 1, 41 and 81 are not multiples of 5. p = 2 x P(Bin(19, 1/2) <= 3).
    const p = (2 * (1 + 19 + 171 + 969)) / 2 ** 19;
    expect(evidence.tests).toEqual([
      {
        task: 'mag',
        method: 'MCNEMAR_EXACT',
        bothRight: 93,
        onlyBaseRight: 3,
        onlyCandidateRight: 16,
        bothWrong: 8,
        pValue: expect.closeTo(p, 12),
        significant: true,
      },
    ]);
    const mid = comparePaired([BASE], [CANDIDATE], { ...OPTIONS, iterations: 1, test: 'MCNEMAR_MIDP' }).tests[0]?.pValue;
    // Half of the observed division's chance, on each side: C(19, 3) = 969.
    expect(mid).toBeCloseTo(p - 969 / 2 ** 19, 12);
  });

  it('is significant below the level, not at it', () => {
    const at = (significanceLevel: number) => comparePaired([BASE], [CANDIDATE], { ...OPTIONS, iterations: 1, significanceLevel }).tests[0];
    const p = at(0.05)?.pValue ?? Number.NaN;
    expect([at(p)?.significant, at(p * 1.001)?.significant]).toEqual([false, true]);
  });

  it('gives each difference an interval that holds it', () => {
    const accuracy = evidence.differences.get('mag_accuracy');
    // Wald's interval by hand, good enough with 19 of 120 discordant: 13/120 -/+ 1.96 sqrt(19 - 13^2/120) / 120 is 3.98 to 17.68 %.
    expect(Math.abs((accuracy?.low ?? Number.NaN) - 3.98)).toBeLessThan(1);
    expect(Math.abs((accuracy?.high ?? Number.NaN) - 17.68)).toBeLessThan(1);
    expect(accuracy?.method).toBe('Tango');
    expect([...evidence.differences.values()]).not.toContain(null);
  });

  it('gives the composite score the interval of the one metric that it weighs, by 100', () => {
    const { composite, differences } = comparePaired([BASE], [CANDIDATE], { ...OPTIONS, weights: [{ metric: 'mag_f1', weight: 2 }] });
    expect(composite?.low).toBeCloseTo((differences.get('mag_f1')?.low ?? Number.NaN) / 100, 12);
    expect(composite?.high).toBeCloseTo((differences.get('mag_f1')?.high ?? Number.NaN) / 100, 12);
  });

  it('adds what is fixed, by its weight', () => {
    const weights = [...OPTIONS.weights, { metric: 'stability', weight: 1 }];
    const fixed = { stability: { base: 0.9, candidate: 0.6 } };
    const composite = comparePaired([BASE], [CANDIDATE], { ...OPTIONS, weights, fixed }).composite;
    // By hand: two thirds of what accuracy gains, and a third of -0.3.
    expect(composite?.low).toBeCloseTo((2 * (evidence.composite?.low ?? Number.NaN)) / 3 - 0.1, 9);
    expect(comparePaired([BASE], [CANDIDATE], { ...OPTIONS, weights: [{ metric: 'stability', weight: 1 }], fixed }).composite).toBeNull();
  });

  it('gives the same numbers again, in whichever order the samples are', () => {
    const options = { ...OPTIONS, iterations: 30, weights: [...OPTIONS.weights, { metric: 'mag_log_loss', weight: 1 }] };
    const expected = comparePaired([BASE], [CANDIDATE], options);
    fc.assert(
      fc.property(fc.shuffledSubarray([...TRUTH.keys()], { minLength: TRUTH.length }), (order) => {
        expect(comparePaired([reordered(BASE, order)], [reordered(CANDIDATE, order)], options)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('turns round when the sides change places', () => {
    const [test] = evidence.tests;
    const turned = comparePaired([CANDIDATE], [BASE], OPTIONS);
    expect(turned.tests[0]).toEqual({ ...test, onlyBaseRight: test?.onlyCandidateRight, onlyCandidateRight: test?.onlyBaseRight });
    expect(turned.composite?.high).toBeLessThan(0);
  });

  it('sees no difference between a version and itself', () => {
    const { tests, differences, composite } = comparePaired([BASE], [BASE], OPTIONS);
    expect(tests[0]).toMatchObject({ onlyBaseRight: 0, onlyCandidateRight: 0, pValue: 1, significant: false });
    for (const interval of [...differences.values(), composite]) {
      expect(interval?.low).toBeLessThanOrEqual(0);
      expect(interval?.high).toBeGreaterThanOrEqual(0);
    }
  });

  it('takes classes that one side alone knows for wrong answers', () => {
    const stranger = predictionsOf(
      'mag',
      [...CLASSES, 'X'],
      TRUTH.map((truth, i) => [truth, i % 5 === 0 ? 'X' : truth]),
    );
    const { tests, differences } = comparePaired([BASE], [stranger], OPTIONS);
    expect(tests[0]).toMatchObject({ bothRight: 96, onlyBaseRight: 0, onlyCandidateRight: 0, bothWrong: 24 });
    expect([...differences.keys()].filter((name) => name.endsWith('_X'))).toEqual([]);
    expect(differences.has('mag_recall_A')).toBe(true);
  });

  it('refuses sides whose samples differ', () => {
    const relabelled = predictionsOf(
      'mag',
      CLASSES,
      TRUTH.map((truth, i) => [i === 3 ? 'B' : truth, truth]),
    );
    expect(() => comparePaired([BASE], [relabelled], OPTIONS)).toThrow('sample 3 has another label');
    const renamed = { ...CANDIDATE, classes: ['A', 'C', 'B'] };
    expect(() => comparePaired([BASE], [renamed], OPTIONS)).toThrow('sample 40 has another label');
    const fewer = predictionsOf('mag', CLASSES, times(5, 'A', 'A'));
    expect(() => comparePaired([BASE], [fewer], OPTIONS)).toThrow('120 and 5 samples');
  });

  it('draws the same samples for all tasks: two tasks with the same answers vary together', () => {
    const weights = ['mag', 'azi'].map((task) => ({ metric: `${task}_accuracy`, weight: 1 }));
    const other = { wrong: (i: number) => i % 5 === 0, better: (i: number) => i % 15 === 0 || i % 40 === 1 };
    const width = (base = other.wrong, candidate = other.better): number => {
      const sides = [
        [BASE, answering('azi', base)],
        [CANDIDATE, answering('azi', candidate)],
      ] as const;
      const { composite } = comparePaired(...sides, { ...OPTIONS, iterations: 4000, weights });
      return (composite?.high ?? Number.NaN) - (composite?.low ?? Number.NaN);
    };
    const alone = (evidence.composite?.high ?? Number.NaN) - (evidence.composite?.low ?? Number.NaN);
    // The mean of two equal numbers varies as much as each; of two unrelated ones, by the square root of a half.
    expect(width() / alone).toBeGreaterThan(0.92);
    const unrelated = width(
      (i) => i % 5 === 2,
      (i) => i % 15 === 2 || i % 40 === 3,
    );
    expect(unrelated / alone).toBeLessThan(0.8);
  });
});
