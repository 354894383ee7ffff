import cdf from '@stdlib/stats-base-dists-binomial-cdf';

/**
 * Two-sided p-value of McNemar's test ("Note on the sampling error of the difference between correlated proportions or percentages",
 * Psychometrika 12 (1947) 153-157), exact: of the samples on which one side alone is right, each side's share is binomial with 1/2.
 */
export function mcnemar(onlyBaseRight: number, onlyCandidateRight: number): number {
  return Math.min(1, 2 * lowerTail(onlyBaseRight, onlyCandidateRight));
}

/**
 * With the observed table counted half (mid-p), which makes up for the exact test's caution where few samples differ; its level may be
 * passed by a little (Fagerland, Lydersen, Laake, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13
 * (2013) 91).
 */
export function mcnemarMidP(onlyBaseRight: number, onlyCandidateRight: number): number {
  const discordant = onlyBaseRight + onlyCandidateRight;
  const fewer = Math.min(onlyBaseRight, onlyCandidateRight);
  const tail = lowerTail(onlyBaseRight, onlyCandidateRight);
  const below = fewer === 0 ? 0 : cdf(fewer - 1, discordant, 0.5);
  return Math.min(1, tail + below);
}

/** Chance of at most as many as the fewer of the two. */
function lowerTail(one: number, other: number): number {
  return cdf(Math.min(one, other), one + other, 0.5);
}
