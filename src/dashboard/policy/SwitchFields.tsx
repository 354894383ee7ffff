import { Fieldset, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PolicyFormApi } from './usePolicyForm';

const SWITCHES = [
  'requireMeasured',
  'requireAllWeighted',
  'strict',
  'correctForReuse',
  'requireSignature',
  'requireApproval',
  'autoPromote',
] as const;

export function SwitchFields({ form, disabled }: { readonly form: PolicyFormApi; readonly disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t('policyPage.switches')} disabled={disabled}>
      <Stack gap="sm">
        {SWITCHES.map((field) => (
          <Switch
            key={field}
            label={t(`policyPage.field.${field}`)}
            description={t(`policyPage.hint.${field}`)}
            {...form.getInputProps(field, { type: 'checkbox' })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
