import { bootstrapInterval } from '../../../src/domain/evidence/bootstrapInterval.js';
import { comparePaired } from '../../../src/domain/evidence/comparePaired.js';
import { compositeDraws } from '../../../src/domain/evidence/compositeDraws.js';
import { pairedDraws } from '../../../src/domain/evidence/pairedDraws.js';
import { type PreparedSide, preparedSide } from '../../../src/domain/evidence/preparedSide.js';
import { resampleCounts } from '../../../src/domain/evidence/resample.js';
import { seededRandom } from '../../../src/domain/evidence/resampling/seededRandom.js';
import { PRECURSOR_POLICY } from '../../../src/domain/policy.js';
import { CHALLENGERS, CHAMPION, LEVEL, SHARED } from '../gate/settings.js';
import { answer, drawWorld } from '../gate/world.js';
import { median } from '../median.js';

const SAMPLES = 99_900;
const RESAMPLES = 10_000;
const ROUNDS = 3;
const FIXED = { loeo_stability: { base: 0.95, candidate: 0.95 } };

/** Seconds by the clock, and of the processor: the two differ where others use it too. */
function seconds(work: () => unknown): { clock: number; processor: number } {
  const [start, used] = [performance.now(), process.cpuUsage()];
  work();
  return { clock: (performance.now() - start) / 1000, processor: process.cpuUsage(used).user / 1e6 };
}

/** 10,000 paired resamples of the default composite over 100,000 samples, in one thread; and a whole comparison of as many. */
export async function benchBootstrap(): Promise<void> {
  const random = seededRandom(1);
  const world = drawWorld(random, SAMPLES);
  const base = answer(random, world, CHAMPION, SHARED);
  const candidate = answer(random, world, CHALLENGERS.get(2) ?? CHAMPION, SHARED);
  const pairs = base.flatMap((b, t) => candidate.slice(t, t + 1).map((c) => ({ base: preparedSide(b), candidate: preparedSide(c) })));
  const { weights, test, significanceLevel } = PRECURSOR_POLICY;
  const weighed = (side: PreparedSide): PreparedSide => ({
    ...side,
    counted: side.counted.filter((m) => weights.some((w) => w.metric === m.name)),
  });
  const weighedPairs = pairs.map((p) => ({ base: weighed(p.base), candidate: weighed(p.candidate) }));
  const composite = (): void => {
    const found = compositeDraws(pairedDraws(weighedPairs, resampleCounts, { draws: RESAMPLES, seed: 1 }), weights, FIXED);
    if (found === null || bootstrapInterval(found.draws, found.observed, LEVEL) === null) throw new Error('no composite was drawn');
  };
  const rounds = Array.from({ length: ROUNDS }, () => seconds(composite));
  const [clock, processor] = [median(rounds.map((r) => r.clock)), median(rounds.map((r) => r.processor))];
  const spent = `${clock.toFixed(2)} s, ${processor.toFixed(2)} s of the processor`;
  console.log(`${RESAMPLES} paired resamples of the composite over ${SAMPLES} samples: ${spent}`);
  const options = { weights, test, significanceLevel, iterations: RESAMPLES, level: LEVEL, seed: 1, fixed: FIXED };
  const whole = seconds(() => comparePaired(base, candidate, options));
  console.log(
    `a whole comparison of them, every metric with its interval: ${whole.clock.toFixed(2)} s, ${whole.processor.toFixed(2)} s of the processor`,
  );
}
