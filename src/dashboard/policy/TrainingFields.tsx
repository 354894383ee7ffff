import { Fieldset, NumberInput, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BOUNDS } from './checkPolicyForm';
import type { PolicyFormApi } from './usePolicyForm';

const FIELDS = ['minNewTrainingEvents', 'maxDaysBetweenTraining'] as const;

/** When the next training is due: whichever comes first. */
export function TrainingFields({ form, disabled }: { readonly form: PolicyFormApi; readonly disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t('policyPage.training')} disabled={disabled}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        {FIELDS.map((field) => (
          <NumberInput
            key={field}
            label={t(`policyPage.field.${field}`)}
            description={t(`policyPage.hint.${field}`)}
            min={BOUNDS[field][0]}
            max={BOUNDS[field][1]}
            clampBehavior="none"
            allowDecimal={false}
            {...form.getInputProps(field)}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
