import { Fieldset, NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BenchmarkChoicesDocument, type PairedTestMethod } from '../api/generated/operations';
import { useLanguage } from '../common/useLanguage';
import { useLiveQuery } from '../common/useLiveQuery';
import { BOUNDS } from './checkPolicyForm';
import { decimalSeparator } from './decimalSeparator';
import type { PolicyFormApi } from './usePolicyForm';

const METHODS: readonly PairedTestMethod[] = ['MCNEMAR_EXACT', 'MCNEMAR_MIDP', 'PAIRED_BOOTSTRAP'];
const OFFERED = 100;

interface EvidenceFieldsProps {
  readonly form: PolicyFormApi;
  readonly tasks: readonly string[];
  readonly disabled: boolean;
}

/** What decides, and how much of it is asked for. */
export function EvidenceFields({ form, tasks, disabled }: EvidenceFieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useLiveQuery({ query: BenchmarkChoicesDocument, variables: { first: OFFERED } });
  const { benchmark } = form.values;
  const known = data?.benchmarks.nodes.map(({ name }) => name) ?? [];
  const names = benchmark === null || known.includes(benchmark) ? known : [benchmark, ...known];
  const numeric = (field: 'minImprovement' | 'significanceLevel' | 'bootstrapIterations', step: number) => (
    <NumberInput
      label={t(`policyPage.field.${field}`)}
      description={t(`policyPage.hint.${field}`)}
      min={BOUNDS[field][0]}
      max={BOUNDS[field][1]}
      clampBehavior="none"
      step={step}
      decimalSeparator={decimalSeparator(language)}
      allowedDecimalSeparators={[',', '.']}
      {...form.getInputProps(field)}
    />
  );
  return (
    <Fieldset legend={t('policyPage.evidence')} disabled={disabled}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <Select
          label={t('policyPage.field.benchmark')}
          description={t('policyPage.hint.benchmark')}
          placeholder={t('policyPage.none')}
          data={names}
          clearable
          clearButtonProps={{ 'aria-label': t('policyPage.clear', { field: t('policyPage.field.benchmark') }) }}
          {...form.getInputProps('benchmark')}
        />
        <Select
          label={t('policyPage.field.test')}
          description={t('policyPage.hint.test')}
          data={METHODS.map((value) => ({ value, label: t(`policyPage.method.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('test')}
        />
        <Select
          label={t('policyPage.field.testTask')}
          description={t('policyPage.hint.testTask')}
          placeholder={t('policyPage.none')}
          data={[...tasks]}
          clearable
          clearButtonProps={{ 'aria-label': t('policyPage.clear', { field: t('policyPage.field.testTask') }) }}
          {...form.getInputProps('testTask')}
        />
        {numeric('significanceLevel', 0.01)}
        {numeric('minImprovement', 0.005)}
        {numeric('bootstrapIterations', 100)}
      </SimpleGrid>
    </Fieldset>
  );
}
