import { type UseFormReturnType, useForm } from '@mantine/form';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyChangesInput, PolicyPartsFragment } from '../api/generated/operations';
import { checkPolicyForm } from './checkPolicyForm';
import { type PolicyForm, policyChanges, policyForm } from './policyForm';

export type PolicyFormApi = UseFormReturnType<PolicyForm>;

interface PolicyFormState {
  readonly form: PolicyFormApi;
  /** The revision that the form was filled from. */
  readonly revision: number;
  readonly dirty: boolean;
  readonly load: (policy: PolicyPartsFragment) => void;
}

/** The form over the policy in force. It follows new revisions as long as nothing in it has been changed. */
export function usePolicyForm(policy: PolicyPartsFragment, onChanges: (changes: PolicyChangesInput | null) => void): PolicyFormState {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState(policy);
  const form = useForm<PolicyForm>({
    initialValues: policyForm(policy),
    validate: (values) => checkPolicyForm(values, t),
    validateInputOnBlur: true,
  });
  const { values, setValues, clearErrors } = form;
  const dirty = JSON.stringify(contentOf(values)) !== JSON.stringify(contentOf(policyForm(loaded)));
  const load = useCallback(
    (next: PolicyPartsFragment) => {
      setLoaded(next);
      setValues(policyForm(next));
      clearErrors();
    },
    [setValues, clearErrors],
  );
  useEffect(() => {
    if (policy.revision > loaded.revision && !dirty) load(policy);
  }, [policy, loaded, dirty, load]);
  useEffect(() => {
    const sound = Object.keys(checkPolicyForm(values, t)).length === 0;
    onChanges(dirty && sound ? policyChanges(values) : null);
  }, [values, dirty, onChanges, t]);
  return { form, revision: loaded.revision, dirty, load };
}

/** Without the rows' keys, which say nothing of the policy. */
function contentOf(form: PolicyForm): unknown {
  const { weights, tolerances, ...rest } = form;
  const fields = Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b));
  return [fields, weights.map(({ metric, weight }) => [metric, weight]), tolerances.map(({ metric, maxHarm }) => [metric, maxHarm])];
}
