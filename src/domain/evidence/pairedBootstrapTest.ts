import cdf from '@stdlib/stats-base-dists-binomial-cdf';

/** Beyond this many standard deviations the numbers of discordant samples together have a chance below 1e-15. */
const REACH = 8;

/**
 * Two-sided p-value of the paired bootstrap test that both sides are right equally often: the chance that a resample's difference, moved
 * so that they are equal on average, is at least as far from 0 as the observed one (Efron, Tibshirani, "An Introduction to the
 * Bootstrap", 1993, section 16.4). Of all resamples, not of some: the difference depends only on how many discordant samples are drawn
 * and how they divide, both binomial, so nothing is drawn and nothing varies with a seed.
 */
export function pairedBootstrapTest(onlyBaseRight: number, onlyCandidateRight: number, samples: number): number {
  const discordant = onlyBaseRight + onlyCandidateRight;
  const distance = Math.abs(onlyCandidateRight - onlyBaseRight);
  if (distance === 0) return 1;
  const share = discordant / samples;
  const reach = REACH * Math.sqrt(discordant * (1 - share)) + REACH ** 2;
  const last = Math.min(samples, Math.ceil(discordant + reach));
  let p = 0;
  for (let drawn = Math.max(0, Math.floor(discordant - reach)); drawn <= last; drawn++) {
    const chance = cdf(drawn, samples, share) - (drawn === 0 ? 0 : cdf(drawn - 1, samples, share));
    p += chance * farFromObserved(drawn, distance, Math.max(onlyBaseRight, onlyCandidateRight) / discordant);
  }
  return Math.min(1, p);
}

/** Chance that of `drawn` discordant samples, of which the better side has `share` on average, its lead is <= 0 or >= 2 x distance. */
function farFromObserved(drawn: number, distance: number, share: number): number {
  if (drawn === 0) return 1;
  const beforeTwice = Math.ceil(drawn / 2 + distance) - 1;
  return cdf(Math.floor(drawn / 2), drawn, share) + (beforeTwice >= drawn ? 0 : 1 - cdf(beforeTwice, drawn, share));
}
