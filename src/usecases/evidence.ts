import { type Comparison, compareMeasured, compareReported } from '../domain/comparison.js';
import { goodness } from '../domain/composite.js';
import { JuaraError } from '../domain/errors.js';
import type { Evaluation } from '../domain/evaluation.js';
import { levelForReuse } from '../domain/evidence/reuse.js';
import { isCost } from '../domain/metric.js';
import type { Policy } from '../domain/policy.js';
import type { Model, Version } from '../domain/records.js';
import type { Deps, Reads } from '../ports.js';
import { foundChampion } from './found.js';
import { latestPolicy } from './latestPolicy.js';

/** What a decision rests on; `basis` is equal where nothing that it rests on has changed. */
export interface Evidence {
  readonly basis: string;
  readonly policy: Policy;
  readonly champion: Version | null;
  /** Null where there is no champion to compare with. */
  readonly comparison: Comparison | null;
}

/** Two versions, and their newest measurements on one benchmark. */
interface Pair {
  readonly base: Version;
  readonly candidate: Version;
  readonly benchmark: string | null;
  readonly baseEvaluation: Evaluation | null;
  readonly candidateEvaluation: Evaluation | null;
  /** Other challengers that were tried against the base on the benchmark. */
  readonly tried: number;
}

/** Thrown inside of a transaction where the evidence that was gathered before it is not that of this moment; a CONFLICT if it reaches anyone. */
export class EvidenceMoved extends JuaraError {
  constructor() {
    super('CONFLICT', 'what the decision rests on kept changing: try again');
  }
}

/** Compares the candidate with the champion of this moment by the policy of this moment. May take seconds: not inside of a transaction. */
export async function gatherEvidence(deps: Deps, reads: Reads, model: Model, candidate: Version): Promise<Evidence> {
  return evidenceUnder(await latestPolicy(reads, model.name), deps, reads, model, candidate);
}

/** The same by any policy, whether it is stored or not. */
export async function evidenceUnder(policy: Policy, deps: Deps, reads: Reads, model: Model, candidate: Version): Promise<Evidence> {
  const champion = await foundChampion(reads, model);
  if (champion === null) return { basis: basisOf(policy, null), policy, champion, comparison: null };
  const pair = await pairOn(reads, champion, candidate, policy.benchmark);
  return { basis: basisOf(policy, pair), policy, champion, comparison: await comparePair(deps, pair, policy) };
}

/** Inside of a transaction: the evidence with the champion's record as it is now; EvidenceMoved unless what was gathered still holds. */
export async function stillHolding(reads: Reads, model: Model, candidate: Version, evidence: Evidence): Promise<Evidence> {
  const policy = await latestPolicy(reads, model.name);
  const champion = await foundChampion(reads, model);
  const pair = champion === null ? null : await pairOn(reads, champion, candidate, policy.benchmark);
  if (basisOf(policy, pair) !== evidence.basis) throw new EvidenceMoved();
  return { ...evidence, champion };
}

/** Any two versions, measured on the benchmark where both have been. */
export async function compareOn(
  deps: Deps,
  reads: Reads,
  { base, candidate, policy, benchmark }: { base: Version; candidate: Version; policy: Policy; benchmark: string | null },
): Promise<Comparison> {
  return comparePair(deps, await pairOn(reads, base, candidate, benchmark), policy);
}

async function pairOn(reads: Reads, base: Version, candidate: Version, benchmark: string | null): Promise<Pair> {
  const none = { base, candidate, benchmark, baseEvaluation: null, candidateEvaluation: null, tried: 0 };
  if (benchmark === null) return none;
  const latest = ({ model, version }: Version): Promise<Evaluation | null> =>
    reads.latestEvaluation(model, version, benchmark, 'SUCCEEDED');
  return {
    ...none,
    baseEvaluation: await latest(base),
    candidateEvaluation: await latest(candidate),
    tried: await reads.triedCandidates(base.model, base.version, benchmark, candidate.version),
  };
}

function basisOf({ revision }: Policy, pair: Pair | null): string {
  if (pair === null) return `policy ${revision}, no champion`;
  const { base, candidate, baseEvaluation, candidateEvaluation, tried } = pair;
  return JSON.stringify([revision, base.id, candidate.id, baseEvaluation?.id, candidateEvaluation?.id, tried]);
}

async function comparePair(deps: Deps, pair: Pair, policy: Policy): Promise<Comparison> {
  const { baseEvaluation, candidateEvaluation, benchmark } = pair;
  const [base, candidate] = [baseEvaluation?.predictions ?? null, candidateEvaluation?.predictions ?? null];
  if (baseEvaluation === null || candidateEvaluation === null || base === null || candidate === null || benchmark === null) {
    return compareReported(reportedSide(pair.base, policy), reportedSide(pair.candidate, policy), policy);
  }
  const sides = measuredSides(pair, baseEvaluation, candidateEvaluation, policy);
  const level = policy.correctForReuse ? levelForReuse(policy.significanceLevel, pair.tried) : policy.significanceLevel;
  const answer = await deps.measurer.compare({
    base,
    candidate,
    weights: policy.weights,
    test: policy.test,
    significanceLevel: level,
    iterations: policy.bootstrapIterations,
    fixed: fixedGoodness(sides, policy),
  });
  return compareMeasured({ ...sides, benchmark, answer, level, tried: pair.tried }, policy);
}

type ReportedSide = Parameters<typeof compareReported>[0];

/** Where the policy asks for measured numbers, a number that was only sent is none. */
function reportedSide({ version, metrics }: Version, { requireMeasured }: Policy): ReportedSide {
  return { version, metrics: requireMeasured ? [] : metrics.filter((m) => m.provenance === 'REPORTED') };
}

interface Sides {
  readonly base: ReportedSide;
  readonly candidate: ReportedSide;
}

/**
 * What the benchmark measures, and, unless the policy asks for measured numbers only, what it does not and both have reported. A composite
 * score that the pipelines worked out themselves does not speak for numbers that were measured here.
 */
function measuredSides(pair: Pair, base: Evaluation, candidate: Evaluation, policy: Policy): Sides {
  const names = new Set(['composite_score', ...[...base.metrics, ...candidate.metrics].map((m) => m.name)]);
  const side = (version: Version, { metrics }: Evaluation): ReportedSide => {
    const besides = reportedSide(version, policy).metrics.filter((m) => !names.has(m.name));
    return { version: version.version, metrics: [...metrics, ...besides] };
  };
  return { base: side(pair.base, base), candidate: side(pair.candidate, candidate) };
}

function fixedGoodness({ base, candidate }: Sides, { weights }: Policy): Record<string, { base: number; candidate: number }> {
  // What a version costs to run does not follow from its predictions either.
  const fixed = (side: ReportedSide, name: string) =>
    side.metrics.find((m) => m.name === name && (m.provenance === 'REPORTED' || isCost(m)));
  const entries = weights.flatMap(({ metric }) => {
    const [b, c] = [fixed(base, metric), fixed(candidate, metric)];
    return b === undefined || c === undefined ? [] : [[metric, { base: goodness(b), candidate: goodness(c) }] as const];
  });
  return Object.fromEntries(entries);
}
