import { ActionIcon, Autocomplete, Box, Button, Fieldset, Group, NumberInput, Stack, Text } from '@mantine/core';
import { randomId } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { number } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import { decimalSeparator } from './decimalSeparator';
import type { PolicyFormApi } from './usePolicyForm';

interface MetricRowsProps {
  readonly form: PolicyFormApi;
  readonly list: 'weights' | 'tolerances';
  /** The row's field that holds its number. */
  readonly value: 'weight' | 'maxHarm';
  /** Names to suggest. */
  readonly metrics: readonly string[];
  readonly disabled: boolean;
}

/** Metrics with a number each: a row can be added and taken away. */
export function MetricRows({ form, list, value, metrics, disabled }: MetricRowsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = form.values[list];
  const total = form.values.weights.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0);
  const used = rows.map(({ metric }) => metric);
  const add = (): void => {
    const row = { key: randomId(), metric: '' };
    if (list === 'weights') form.insertListItem('weights', { ...row, weight: 0.1 });
    else form.insertListItem('tolerances', { ...row, maxHarm: 1 });
  };
  return (
    <Fieldset legend={t(`policyPage.field.${list}`)} disabled={disabled}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t(`policyPage.hint.${list}`)}
          {list === 'weights' && ` ${t('policyPage.total', { total: number(total, language) })}`}
        </Text>
        {rows.map(({ key, metric }, i) => (
          <Group key={key} gap="xs" align="start">
            <Box flex="1 1 220px" miw={0}>
              <Autocomplete
                aria-label={t('policyPage.metricOf', { list: t(`policyPage.field.${list}`), row: i + 1 })}
                data={metrics.filter((name) => name === metric || !used.includes(name))}
                limit={50}
                {...form.getInputProps(`${list}.${i}.metric`)}
              />
            </Box>
            <NumberInput
              aria-label={t(`policyPage.${value}Of`, { metric: metric === '' ? i + 1 : metric })}
              min={0}
              step={value === 'weight' ? 0.05 : 0.5}
              hideControls
              decimalSeparator={decimalSeparator(language)}
              allowedDecimalSeparators={[',', '.']}
              w={96}
              {...form.getInputProps(`${list}.${i}.${value}`)}
            />
            <ActionIcon
              variant="default"
              size="input-sm"
              aria-label={t('policyPage.remove', { metric: metric === '' ? i + 1 : metric })}
              onClick={() => form.removeListItem(list, i)}
            >
              <span aria-hidden="true">×</span>
            </ActionIcon>
          </Group>
        ))}
        {form.errors[list] !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {form.errors[list]}
          </Text>
        )}
        <Group>
          <Button size="xs" variant="default" onClick={add}>
            {t('policyPage.addMetric')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
