import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IntervalPartsFragment, MetricUnit } from '../api/generated/operations';
import { metricDifference } from '../common/format';
import { useLanguage } from '../common/useLanguage';

interface DifferenceIntervalProps {
  readonly interval: IntervalPartsFragment | null;
  readonly unit: MetricUnit;
}

/** Where the difference may lie, and whether nought is among it. */
export function DifferenceInterval({ interval, unit }: DifferenceIntervalProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (interval === null) return null;
  const within = interval.low <= 0 && interval.high >= 0;
  const end = (value: number): string => metricDifference(value, unit, language);
  return (
    <Text size="xs" c="dimmed" title={interval.method}>
      <span style={{ whiteSpace: 'nowrap' }}>{end(interval.low)} …</span> <span style={{ whiteSpace: 'nowrap' }}>{end(interval.high)}</span>
      <br />
      {t(within ? 'comparePage.mayBeChance' : 'comparePage.excludesZero')}
    </Text>
  );
}
