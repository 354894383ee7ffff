import type { Connection } from './connection.js';
import { operation } from './operation.js';

export interface MetricWeight {
  readonly metric: string;
  readonly weight: number;
}

/** maxHarm: the most that the metric may get worse, in its own unit. */
export interface MetricTolerance {
  readonly metric: string;
  readonly maxHarm: number;
}

export interface TrustedKey {
  readonly name: string;
  /** Ed25519, SPKI: PEM or DER in base64. */
  readonly publicKey: string;
}

interface PolicyRules {
  readonly weights: readonly MetricWeight[];
  /** Least gain of the composite score (0..1). */
  readonly minImprovement: number;
  readonly significanceLevel: number;
  readonly test: 'MCNEMAR_EXACT' | 'MCNEMAR_MIDP' | 'PAIRED_BOOTSTRAP';
  readonly testTask: string | null;
  readonly bootstrapIterations: number;
  readonly tolerances: readonly MetricTolerance[];
  readonly strict: boolean;
  readonly requireMeasured: boolean;
  readonly requireAllWeighted: boolean;
  readonly requireApproval: boolean;
  readonly autoPromote: boolean;
  readonly correctForReuse: boolean;
  readonly minNewTrainingEvents: number;
  readonly maxDaysBetweenTraining: number;
  readonly requireSignature: boolean;
  readonly trustedKeys: readonly TrustedKey[];
}

export interface PromotionPolicy extends PolicyRules {
  readonly revision: number;
  readonly benchmark: { readonly name: string } | null;
}

/** What is left out stays as it is. `benchmark` is a name. */
export interface SetPolicyInput extends Partial<PolicyRules> {
  readonly model: string;
  /** CONFLICT where the policy has another revision by now. */
  readonly expectedRevision?: number;
  readonly benchmark?: string | null;
}

const POLICY_FIELDS = `revision benchmark { name } weights { metric weight } minImprovement significanceLevel test testTask
  bootstrapIterations tolerances { metric maxHarm } strict requireMeasured requireAllWeighted requireApproval autoPromote
  correctForReuse minNewTrainingEvents maxDaysBetweenTraining requireSignature trustedKeys { name publicKey }`;

const POLICY = operation<{ model: { policy: PromotionPolicy } | null }, { model: string }>(
  `query Policy($model: String!) { model(name: $model) { policy { ${POLICY_FIELDS} } } }`,
);
const SET_POLICY = operation<{ setPolicy: PromotionPolicy }, { input: SetPolicyInput }>(
  `mutation SetPolicy($input: SetPolicyInput!) { setPolicy(input: $input) { ${POLICY_FIELDS} } }`,
);

export interface PolicyCalls {
  /** Null where there is no such model. */
  getPolicy(model: string): Promise<PromotionPolicy | null>;
  setPolicy(input: SetPolicyInput): Promise<PromotionPolicy>;
}

export function policyCalls({ query }: Connection): PolicyCalls {
  return {
    getPolicy: async (model) => (await query(POLICY, { model })).model?.policy ?? null,
    setPolicy: async (input) => (await query(SET_POLICY, { input })).setPolicy,
  };
}
