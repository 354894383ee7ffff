import { JuaraError } from './errors.js';

export const VERSION_STATUSES = ['CHALLENGER', 'CHAMPION', 'ARCHIVED', 'REJECTED'] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];
export type LifecycleStep = 'promote' | 'reject' | 'rollback' | 'nominate' | 'archive';

/** Where each step may start and where it ends. There is no step out of the registry: nothing is ever deleted. */
const STEPS: Record<LifecycleStep, { from: readonly VersionStatus[]; to: VersionStatus }> = {
  promote: { from: ['CHALLENGER'], to: 'CHAMPION' },
  reject: { from: ['CHALLENGER'], to: 'REJECTED' },
  rollback: { from: ['ARCHIVED'], to: 'CHAMPION' },
  nominate: { from: ['REJECTED', 'ARCHIVED'], to: 'CHALLENGER' },
  archive: { from: ['CHAMPION'], to: 'ARCHIVED' },
};

export function allowedSteps(status: VersionStatus): LifecycleStep[] {
  return (Object.keys(STEPS) as LifecycleStep[]).filter((step) => step !== 'archive' && STEPS[step].from.includes(status));
}

/** The status after the step; throws the code that names what is wrong with the wish. */
export function nextStatus(step: LifecycleStep, id: string, status: VersionStatus): VersionStatus {
  const { from, to } = STEPS[step];
  if (from.includes(status)) return to;
  if (status === 'CHAMPION' && (step === 'promote' || step === 'rollback')) {
    throw new JuaraError('ALREADY_CHAMPION', `${id} is the champion already; nothing was changed`);
  }
  if (step === 'rollback') {
    throw new JuaraError('NEVER_CHAMPION', `${id} is ${status} and not in the archive of champions: promote it instead`);
  }
  const allowed = allowedSteps(status).join(' or ') || 'none (archive it by promoting another version)';
  throw new JuaraError('INVALID_TRANSITION', `${id} is ${status}: ${step} is not possible; possible is: ${allowed}`, { status });
}
