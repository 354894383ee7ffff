import { describe, expect, it } from 'vitest';
import { constantOfEightGigabytes, slowToLoad, sparseEightGigabytes } from '../../support/onnx.js';
import { ENDLESS } from '../predict/predictors.js';
import { chanceOfUp, TASK as STEERED, steerableModel } from '../predict/steerableModel.js';
import { arrays, classifier, HEAD } from './classifier.js';
import { benchmarkOf, evaluated, evaluatingPids, failure, modelOf, startEvaluator } from './evaluators.js';
import { expectRight } from './expectRight.js';

/** Samples of feature ln(k), k = 1, 2, ..., with what each asks of the model. */
const steering = (samples: readonly { readonly laps?: number; readonly elements?: number }[]) =>
  benchmarkOf(
    {
      features: { dtype: 'float32', shape: [samples.length, 1], data: samples.map((_, i) => Math.log(i + 1)) },
      laps: { dtype: 'int64', shape: [samples.length], data: samples.map((s) => BigInt(s.laps ?? 0)) },
      elements: { dtype: 'int64', shape: [samples.length], data: samples.map((s) => BigInt(s.elements ?? 1)) },
      side: { dtype: 'int64', shape: [samples.length], data: samples.map((_, i) => i % 2) },
    },
    [STEERED],
  );
const steerable = (odds = 3) => modelOf(steerableModel(odds), { tasks: [STEERED] });
const SOUND = [{}, {}, {}, {}];

async function expectSoundAfter(): Promise<void> {
  const { tasks } = await evaluated(await steerable(), await steering(SOUND));
  for (const i of SOUND.keys()) expect(tasks[0]?.probabilities[2 * i]).toBeCloseTo(chanceOfUp(3, i + 1), 5);
}

/** Resolves to the child's process id, once it is at work. */
async function childAtWork(): Promise<number> {
  for (;;) {
    const [pid] = await evaluatingPids();
    if (pid !== undefined) return pid;
  }
}

describe('a model that', () => {
  it('loops for ever is killed at the time limit', async () => {
    const evaluator = startEvaluator({ timeoutMs: 2_000 });
    const running = evaluated(await steerable(), await steering([{ laps: ENDLESS }]), { evaluator });
    await expect(running).rejects.toEqual(failure('longer than 2 s'));
    expect(await evaluatingPids()).toEqual([]);
    await expectSoundAfter();
  });

  it('takes for ever to load is killed at the time limit', async () => {
    const evaluator = startEvaluator({ timeoutMs: 2_000 });
    await expect(evaluated(await modelOf(slowToLoad()), await benchmarkOf(arrays(4)), { evaluator })).rejects.toEqual(
      failure('longer than 2 s'),
    );
  });

  it('asks for 8 GB is refused them', async () => {
    const greedy = [
      [await steerable(), await steering([{ elements: 2 ** 31 }])],
      [await modelOf(constantOfEightGigabytes()), await benchmarkOf(arrays(4))],
      [await modelOf(sparseEightGigabytes()), await benchmarkOf(arrays(4))],
    ] as const;
    for (const [model, benchmark] of greedy) {
      await expect(evaluated(model, benchmark)).rejects.toEqual(failure('needs more than 1024 MB'));
    }
    await expectSoundAfter();
  });

  it('crashes natively fails alone', async () => {
    const running = evaluated(await steerable(), await steering([{ laps: ENDLESS }]));
    const outcome = expect(running).rejects.toEqual(failure('onnxruntime crashed', 'SIGSEGV'));
    process.kill(await childAtWork(), 'SIGSEGV');
    await outcome;
    expect(await evaluatingPids()).toEqual([]);
    await expectSoundAfter();
  });

  it('is slow, but not stuck, may take as long as it needs', async () => {
    // One sample at a time, each of some hundreds of milliseconds: with those that are timed, longer than the limit together.
    const calibration = await evaluated(await steerable(), await steering([{ laps: 200_000 }]));
    const laps = Math.round((200_000 * 400) / calibration.latency.p50);
    const evaluator = startEvaluator({ timeoutMs: 3_000 });
    const { samples } = await evaluated(await steerable(), await steering([{ laps }]), { evaluator });
    expect(samples).toBe(1);
  });
});

describe('an evaluation', () => {
  it('ends at once when it is told to', async () => {
    const stop = new AbortController();
    const evaluator = startEvaluator({ timeoutMs: 600_000 });
    const running = evaluated(await steerable(), await steering([{ laps: ENDLESS }]), { evaluator, signal: stop.signal });
    const outcome = expect(running).rejects.toThrow('cancelled by the test');
    await childAtWork();
    stop.abort(new Error('cancelled by the test'));
    await outcome;
    expect(await evaluatingPids()).toEqual([]);
    await expect(evaluated(await steerable(), await steering(SOUND), { signal: stop.signal })).rejects.toThrow('cancelled by the test');
  });

  it('says how far it is, up to the end', async () => {
    const shares: number[] = [];
    const onProgress = (share: number) => void shares.push(share);
    // Two batches that take far longer than the tenth of a second after which it is told again, and a third that does not.
    const samples = Array.from({ length: 768 }, (_, i) => ({ laps: i < 512 ? 600_000 : 0 }));
    await evaluated(await steerable(), await steering(samples), { onProgress });
    expect(shares.slice(0, 2)).toEqual([256 / 768, 512 / 768]);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  });

  it('that fails leaves one beside it alone', async () => {
    const evaluator = startEvaluator({ timeoutMs: 5_000 });
    const bad = evaluated(await steerable(), await steering([{ laps: ENDLESS }]), { evaluator });
    const good = evaluated(await modelOf(classifier()), await benchmarkOf(arrays(600)), { evaluator });
    await Promise.all([
      expect(bad).rejects.toEqual(failure('longer than 5 s')),
      good.then(({ tasks }) => expectRight(tasks[0], HEAD, 600)),
    ]);
  });

  it('times single samples', async () => {
    const { latency } = await evaluated(await modelOf(classifier()), await benchmarkOf(arrays(10)));
    expect(latency.p50).toBeGreaterThan(0);
    expect(latency.p95).toBeGreaterThanOrEqual(latency.p50);
  });
});
