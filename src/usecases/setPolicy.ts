import { type Actor, requireRole } from '../domain/actor.js';
import type { Benchmark } from '../domain/benchmark.js';
import { JuaraError } from '../domain/errors.js';
import { checkPolicy, type Policy, type PolicyRules } from '../domain/policy.js';
import type { Model } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { lockedModel } from './found.js';
import { foundBenchmark } from './foundBenchmark.js';
import { latestPolicy } from './latestPolicy.js';

/** What is left out or null stays as it is, except `benchmark` and `testTask`, which null clears. */
export type SetPolicyInput = { readonly [K in keyof PolicyRules]?: PolicyRules[K] | null } & {
  readonly model: string;
  readonly expectedRevision?: number | null;
};

const CLEARABLE = ['benchmark', 'testTask'] as const;

/** Stores the next revision; earlier ones are kept for ever. CONFLICT where expectedRevision is not the present one. */
export async function setPolicy(deps: Deps, actor: Actor, input: SetPolicyInput): Promise<Policy> {
  requireRole(actor, 'ADMIN');
  const policy = await deps.store.inTransaction(async (tx) => {
    const model = await lockedModel(tx, actor, input.model);
    const before = await latestPolicy(tx, model.name);
    if (input.expectedRevision != null && input.expectedRevision !== before.revision) {
      throw new JuaraError(
        'CONFLICT',
        `the policy is at revision ${before.revision} by now, not ${input.expectedRevision}: read it again`,
        {
          revision: before.revision,
        },
      );
    }
    const benchmark = input.benchmark == null ? null : await foundBenchmark(tx, input.benchmark);
    const rules = checkPolicy(onBenchmark(merge(before, input), benchmark, model, input), model.tasks);
    const after: Policy = { ...rules, model: model.name, revision: before.revision + 1, at: deps.now(), actor: actor.name };
    await tx.insertPolicy(after);
    await tx.append({ type: 'POLICY_CHANGED', at: after.at, actor: actor.name, model: model.name, data: { revision: after.revision } });
    return after;
  });
  return policy;
}

function merge(before: PolicyRules, input: SetPolicyInput): PolicyRules {
  const { model: _model, expectedRevision: _expected, ...wishes } = input;
  const cleared = (key: string): boolean => CLEARABLE.some((c) => c === key);
  const given = Object.entries(wishes).filter(([key, value]) => value !== undefined && (value !== null || cleared(key)));
  return { ...before, ...Object.fromEntries(given) };
}

/**
 * Naming a benchmark is asking for measured evidence, unless the same call says otherwise; and it takes a task to test on that the
 * benchmark is labelled for.
 */
function onBenchmark(rules: PolicyRules, benchmark: Benchmark | null, model: Model, input: SetPolicyInput): PolicyRules {
  if (benchmark === null) return rules;
  const labelled = benchmark.tasks.map((t) => t.name);
  const testTask = rules.testTask ?? model.tasks.find((t) => labelled.includes(t.name))?.name ?? null;
  if (testTask === null || !labelled.includes(testTask)) {
    const wanted = testTask === null ? `${model.name} has none of these tasks` : `testTask is ${testTask}`;
    throw new JuaraError('INVALID_INPUT', `benchmark ${benchmark.name} is labelled for ${labelled.join(', ')}; ${wanted}`);
  }
  return { ...rules, testTask, requireMeasured: input.requireMeasured ?? true };
}
