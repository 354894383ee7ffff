import { preparedSide } from '../../../src/domain/evidence/preparedSide.js';
import { seededRandom } from '../../../src/domain/evidence/resampling/seededRandom.js';
import { SHARED } from './settings.js';
import { answer, drawWorld, type Skill } from './world.js';

export interface TruthJob {
  readonly skill: Skill;
  readonly seed: number;
  readonly samples: number;
}

/** What each metric is in truth: of a benchmark so large that it hardly varies, with the same shares of classes. */
export function truth({ skill, seed, samples }: TruthJob): Record<string, number> {
  const random = seededRandom(seed);
  const sides = answer(random, drawWorld(random, samples), skill, SHARED);
  return Object.fromEntries(sides.flatMap((side) => [...preparedSide(side).observed].map(([name, { value }]) => [name, value])));
}
