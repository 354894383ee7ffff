import type { PolicyRules } from './policy.js';
import type { Millis } from './records.js';

export interface TrainingReadiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  readonly validated: number;
  readonly required: number;
  readonly pending: number;
  readonly daysSinceLastTraining: number | null;
  readonly maxDays: number;
}

const DAY = 86_400_000;

/** Due when enough validated events have come in, or when the last training is too long ago; `lastTraining` null: never trained. */
export function trainingReadiness(
  policy: PolicyRules,
  pool: { validated: number; pending: number },
  lastTraining: Millis | null,
  now: Millis,
): TrainingReadiness {
  const days = lastTraining === null ? null : Math.max(0, now - lastTraining) / DAY;
  const reasons = [
    ...(pool.validated >= policy.minNewTrainingEvents ? [`${pool.validated} validated events, ${policy.minNewTrainingEvents} needed`] : []),
    ...(days !== null && days >= policy.maxDaysBetweenTraining
      ? [`${Math.floor(days)} days since the last training, ${policy.maxDaysBetweenTraining} allowed`]
      : []),
  ];
  return {
    ready: reasons.length > 0,
    reasons,
    validated: pool.validated,
    required: policy.minNewTrainingEvents,
    pending: pool.pending,
    daysSinceLastTraining: days,
    maxDays: policy.maxDaysBetweenTraining,
  };
}
