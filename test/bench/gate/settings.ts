import type { Skill } from './world.js';

/** Errors that two models share: as two trainings on the same events do. */
export const SHARED = 0.7;

/** Right in 85 % of magnitudes and 76 % of azimuths. */
export const CHAMPION: Skill = { magnitude: 1.5, azimuth: 1.8, rare: 4 };

/** By how many points of magnitude accuracy the challenger is truly better: its skill. */
export const CHALLENGERS: ReadonlyMap<number, Skill> = new Map([
  [0, CHAMPION],
  [2, { ...CHAMPION, magnitude: 1.63 }],
  [5, { ...CHAMPION, magnitude: 1.865 }],
  [10, { ...CHAMPION, magnitude: 2.43 }],
]);
export const LEVEL = 0.95;
