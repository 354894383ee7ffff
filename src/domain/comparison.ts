import { type CompositeDifference, compositeDifference } from './composite.js';
import { type Verdict, verdictOf, verdictSentence } from './evidence/verdict.js';
import { gain, type Interval, type Metric } from './metric.js';
import type { PairedTestMethod, PolicyRules } from './policy.js';

export type Better = 'BASE' | 'CANDIDATE' | 'EQUAL' | 'UNKNOWN';
export type { Verdict } from './evidence/verdict.js';

export interface MetricDifference {
  readonly name: string;
  readonly base: Metric | null;
  readonly candidate: Metric | null;
  readonly difference: number | null;
  readonly better: Better;
  readonly interval: Interval | null;
}

export interface PairedTest {
  readonly task: string;
  readonly method: PairedTestMethod;
  readonly bothRight: number;
  readonly onlyBaseRight: number;
  readonly onlyCandidateRight: number;
  readonly bothWrong: number;
  readonly pValue: number;
  readonly significant: boolean;
}

/** base and candidate are version texts of one model. */
export interface Comparison {
  readonly base: string;
  readonly candidate: string;
  readonly benchmark: string | null;
  readonly metrics: readonly MetricDifference[];
  readonly composite: CompositeDifference | null;
  readonly tests: readonly PairedTest[];
  readonly verdict: Verdict;
  readonly summary: string;
  /** The significance level of the tests, after the correction for reuse; null where nothing was tested. */
  readonly level: number | null;
  /** Other challengers that had been tried against the base on the benchmark; null where nothing was tested. */
  readonly tried: number | null;
}

/** What one side of a comparison carries. */
export interface Side {
  readonly version: string;
  readonly metrics: readonly Metric[];
}

export function metricDifference(name: string, base: Metric | null, candidate: Metric | null): MetricDifference {
  if (base === null || candidate === null) return { name, base, candidate, difference: null, better: 'UNKNOWN', interval: null };
  const better = gain(base, candidate);
  return {
    name,
    base,
    candidate,
    difference: candidate.value - base.value,
    interval: null,
    better: better > 0 ? 'CANDIDATE' : better < 0 ? 'BASE' : 'EQUAL',
  };
}

/** Compares what both sides reported; a paired test needs measured predictions, so there is none here. */
export function compareReported(base: Side, candidate: Side, policy: PolicyRules): Comparison {
  const metrics = differences(base, candidate);
  const composite = compositeDifference(policy.weights, base.metrics, candidate.metrics, policy.requireAllWeighted);
  const verdict = reportedVerdict(composite, policy.minImprovement);
  return {
    base: base.version,
    candidate: candidate.version,
    benchmark: null,
    metrics,
    composite,
    tests: [],
    verdict,
    summary: reportedSummary(base.version, candidate.version, composite, verdict),
    level: null,
    tried: null,
  };
}

/** Both sides' numbers on one benchmark, and what the statistics say of them. */
export interface MeasuredPair {
  readonly base: Side;
  readonly candidate: Side;
  readonly benchmark: string;
  readonly answer: {
    readonly intervals: Readonly<Record<string, Interval | null>>;
    readonly composite: Interval | null;
    readonly tests: readonly PairedTest[];
  };
  readonly level: number;
  readonly tried: number;
}

/** Compares what was measured on one benchmark, sample by sample. */
export function compareMeasured({ base, candidate, benchmark, answer, level, tried }: MeasuredPair, policy: PolicyRules): Comparison {
  const metrics = differences(base, candidate).map((m) => ({ ...m, interval: answer.intervals[m.name] ?? null }));
  const weighed = compositeDifference(policy.weights, base.metrics, candidate.metrics, policy.requireAllWeighted);
  const composite = weighed === null ? null : { ...weighed, interval: weighed.source === 'WEIGHTED' ? answer.composite : null };
  const names = { base: base.version, candidate: candidate.version };
  const weighedUp = { ...names, benchmark, composite, test: answer.tests.find((t) => t.task === policy.testTask) ?? null, level };
  const [verdict, summary] = [verdictOf(weighedUp), verdictSentence(weighedUp)];
  return { ...names, benchmark, metrics, composite, tests: answer.tests, verdict, summary, level, tried };
}

function differences(base: Side, candidate: Side): MetricDifference[] {
  const byName = (side: Side, name: string): Metric | null => side.metrics.find((m) => m.name === name) ?? null;
  const names = [...new Set([...base.metrics, ...candidate.metrics].map((m) => m.name))].sort();
  return names.map((name) => metricDifference(name, byName(base, name), byName(candidate, name)));
}

function reportedVerdict(composite: CompositeDifference | null, minImprovement: number): Verdict {
  if (composite === null) return 'INSUFFICIENT_EVIDENCE';
  if (composite.difference > 0 && composite.difference >= minImprovement) return 'CANDIDATE_BETTER';
  if (composite.difference < 0 && -composite.difference >= minImprovement) return 'BASE_BETTER';
  return 'INDISTINGUISHABLE';
}

function reportedSummary(base: string, candidate: string, composite: CompositeDifference | null, verdict: Verdict): string {
  if (composite === null) return `${candidate} and ${base} share no metric that the policy weighs: nothing to decide on`;
  const scores = `composite ${composite.candidate.toFixed(4)} against ${composite.base.toFixed(4)}`;
  const basis = composite.missing.length === 0 ? 'reported metrics' : `reported metrics, without ${composite.missing.join(', ')}`;
  const words = { CANDIDATE_BETTER: 'is better than', BASE_BETTER: 'is worse than', INDISTINGUISHABLE: 'cannot be told from' } as const;
  return verdict === 'INSUFFICIENT_EVIDENCE'
    ? `${scores}: not enough evidence`
    : `${candidate} ${words[verdict]} ${base} (${scores}; ${basis})`;
}
