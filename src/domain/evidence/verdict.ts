import type { CompositeDifference } from '../composite.js';
import type { Interval } from '../metric.js';

export type Verdict = 'CANDIDATE_BETTER' | 'BASE_BETTER' | 'INDISTINGUISHABLE' | 'INSUFFICIENT_EVIDENCE';

/** A paired test's table and result. */
interface Tested {
  readonly task: string;
  readonly bothRight: number;
  readonly onlyBaseRight: number;
  readonly onlyCandidateRight: number;
  readonly bothWrong: number;
  readonly pValue: number;
  readonly significant: boolean;
}

export interface Weighed {
  /** Version texts. */
  readonly base: string;
  readonly candidate: string;
  readonly benchmark: string;
  readonly composite: CompositeDifference | null;
  /** Of the task that the policy tests; null where it names none, or where that was not measured. */
  readonly test: Tested | null;
  /** Significance level of the test. */
  readonly level: number;
}

/**
 * By the paired test where there is one, else by the composite score's interval: better is what is significantly better. Where the two
 * speak for different sides, neither is believed.
 */
export function verdictOf({ test, composite }: Pick<Weighed, 'test' | 'composite'>): Verdict {
  const interval = composite?.interval ?? null;
  const byInterval = interval === null ? 0 : interval.low > 0 ? 1 : interval.high < 0 ? -1 : 0;
  if (test === null && interval === null) return 'INSUFFICIENT_EVIDENCE';
  const byTest = test?.significant ? Math.sign(test.onlyCandidateRight - test.onlyBaseRight) : 0;
  const side = test === null ? byInterval : byTest === -byInterval ? 0 : byTest;
  return side > 0 ? 'CANDIDATE_BETTER' : side < 0 ? 'BASE_BETTER' : 'INDISTINGUISHABLE';
}

const WORDS: Readonly<Record<Verdict, string>> = {
  CANDIDATE_BETTER: 'is better than',
  BASE_BETTER: 'is worse than',
  INDISTINGUISHABLE: 'cannot be told from',
  INSUFFICIENT_EVIDENCE: 'cannot be compared with',
};

/** The verdict and what it rests on, in a sentence without its full stop. */
export function verdictSentence(weighed: Weighed): string {
  const { base, candidate, benchmark, test, composite, level } = weighed;
  const claim = `${candidate} ${WORDS[verdictOf(weighed)]} ${base} on ${benchmark}`;
  const grounds = [
    ...(test === null ? [] : [`${differing(test, base, candidate)}; ${chance(test.pValue)} at level ${round(level)}`]),
    ...(composite === null ? [] : [`composite score ${signed(composite.difference)}${range(composite.interval)}`]),
  ];
  return `${claim}: ${grounds.length === 0 ? 'nothing that the policy weighs or tests was measured' : grounds.join('; ')}`;
}

function differing(test: Tested, base: string, candidate: string): string {
  const { onlyBaseRight, onlyCandidateRight } = test;
  const [differ, net] = [onlyBaseRight + onlyCandidateRight, onlyCandidateRight - onlyBaseRight];
  const samples = test.bothRight + test.bothWrong + differ;
  const amount = `${differ} ${differ === 1 ? 'sample' : 'samples'} of ${samples} ${differ === 1 ? 'differs' : 'differ'} in ${test.task}`;
  if (differ === 0) return `no sample of ${samples} differs in ${test.task}`;
  const lead = net === 0 ? 'as many each' : `${Math.abs(net)} more right under ${net > 0 ? candidate : base}`;
  return `${amount} (${onlyCandidateRight} right under ${candidate} only, ${onlyBaseRight} under ${base} only: ${lead})`;
}

function chance(pValue: number): string {
  return pValue < 0.0001 ? 'p < 0.0001' : `p = ${round(pValue)}`;
}

function range(interval: Interval | null): string {
  if (interval === null) return ' (no interval)';
  return ` (${round(100 * interval.level)} % interval ${signed(interval.low)} to ${signed(interval.high)})`;
}

const round = (value: number): string => String(Number(value.toPrecision(2)));

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
