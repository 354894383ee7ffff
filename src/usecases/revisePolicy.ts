import type { Benchmark } from '../domain/benchmark.js';
import { JuaraError } from '../domain/errors.js';
import { checkPolicy, type PolicyRules } from '../domain/policy.js';
import type { Model } from '../domain/records.js';
import type { Reads } from '../ports.js';
import { foundBenchmark } from './foundBenchmark.js';

/** What is left out or null stays as it is, except `benchmark` and `testTask`, which null clears. */
export type PolicyChanges = { readonly [K in keyof PolicyRules]?: PolicyRules[K] | null };

const CLEARABLE = ['benchmark', 'testTask'] as const;

/** The rules with the changes in them, checked; stores nothing. INVALID_INPUT, INVALID_NUMBER or BENCHMARK_NOT_FOUND say what is wrong. */
export async function revisePolicy(reads: Reads, model: Model, before: PolicyRules, changes: PolicyChanges): Promise<PolicyRules> {
  const benchmark = changes.benchmark == null ? null : await foundBenchmark(reads, changes.benchmark);
  return checkPolicy(onBenchmark({ before, after: merge(before, changes), changes }, benchmark, model), model.tasks);
}

interface Revision {
  readonly before: PolicyRules;
  readonly after: PolicyRules;
  readonly changes: PolicyChanges;
}

function merge(before: PolicyRules, changes: PolicyChanges): PolicyRules {
  const cleared = (key: string): boolean => CLEARABLE.some((c) => c === key);
  const given = Object.entries(changes).filter(([key, value]) => value !== undefined && (value !== null || cleared(key)));
  return { ...before, ...Object.fromEntries(given) };
}

/**
 * Naming a benchmark is asking for measured evidence, unless the same call says otherwise; and it takes a task to test on that the
 * benchmark is labelled for. Without one nothing can be measured, so that clearing it takes the demand back.
 */
function onBenchmark({ before, after: rules, changes }: Revision, benchmark: Benchmark | null, model: Model): PolicyRules {
  if (benchmark === null)
    return changes.benchmark === null && before.benchmark !== null
      ? { ...rules, requireMeasured: changes.requireMeasured ?? false }
      : rules;
  const labelled = benchmark.tasks.map((t) => t.name);
  const testTask = rules.testTask ?? model.tasks.find((t) => labelled.includes(t.name))?.name ?? null;
  if (testTask === null || !labelled.includes(testTask)) {
    const wanted = testTask === null ? `${model.name} has none of these tasks` : `testTask is ${testTask}`;
    throw new JuaraError('INVALID_INPUT', `benchmark ${benchmark.name} is labelled for ${labelled.join(', ')}; ${wanted}`);
  }
  return { ...rules, testTask, requireMeasured: changes.requireMeasured ?? true };
}
