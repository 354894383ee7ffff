import type { TFunction } from 'i18next';
import type { PolicyForm } from './policyForm';

type Errors = Readonly<Record<string, string>>;

/** Bounds of the numbers, as src/domain/policy.ts has them. */
export const BOUNDS = {
  minImprovement: [0, 1],
  significanceLevel: [0.000001, 0.5],
  bootstrapIterations: [100, 100_000],
  minNewTrainingEvents: [0, 1_000_000],
  maxDaysBetweenTraining: [1, 36_500],
} as const;

const HIGHEST_WEIGHT = 1_000_000;
const WHOLE = ['bootstrapIterations', 'minNewTrainingEvents', 'maxDaysBetweenTraining'];

/** What the server would refuse, by field; empty: nothing. */
export function checkPolicyForm(form: PolicyForm, t: TFunction): Errors {
  const errors: Record<string, string> = {};
  for (const [field, [low, high]] of Object.entries(BOUNDS)) {
    const value = form[field as keyof typeof BOUNDS];
    const whole = WHOLE.includes(field);
    const right = typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value));
    if (!right) errors[field] = t(whole ? 'policyPage.errors.whole' : 'policyPage.errors.between', { low, high });
  }
  if (form.weights.length === 0) errors.weights = t('policyPage.errors.noWeights');
  form.weights.forEach(({ metric, weight }, i) => {
    const problem = checkName(metric, i, form.weights, t);
    if (problem !== null) errors[`weights.${i}.metric`] = problem;
    if (typeof weight !== 'number' || weight <= 0 || weight > HIGHEST_WEIGHT) errors[`weights.${i}.weight`] = t('policyPage.errors.weight');
  });
  form.tolerances.forEach(({ metric, maxHarm }, i) => {
    const problem = checkName(metric, i, form.tolerances, t);
    if (problem !== null) errors[`tolerances.${i}.metric`] = problem;
    if (typeof maxHarm !== 'number' || maxHarm < 0) errors[`tolerances.${i}.maxHarm`] = t('policyPage.errors.maxHarm');
  });
  return errors;
}

function checkName(metric: string, index: number, rows: readonly { readonly metric: string }[], t: TFunction): string | null {
  const name = metric.trim();
  if (name === '') return t('policyPage.errors.noMetric');
  const first = rows.findIndex((row) => row.metric.trim() === name);
  return first < index ? t('policyPage.errors.twice') : null;
}
