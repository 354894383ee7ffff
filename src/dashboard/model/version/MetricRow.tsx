import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../../api/generated/operations';
import { metricValue } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';
import { IntervalBar } from './IntervalBar';

type Metric = VersionDetailsFragment['metrics'][number];

/** One metric: its value, how sure that is, and where it comes from. */
export function MetricRow({ metric }: { readonly metric: Metric }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { interval, unit, benchmark } = metric;
  const end = (value: number): string => metricValue({ value, unit }, language);
  const text =
    interval === null
      ? null
      : t('modelPage.metrics.range', { low: end(interval.low), high: end(interval.high), level: Math.round(interval.level * 100) });
  const source = benchmark === null ? t('modelPage.metrics.reported') : t('modelPage.metrics.measuredOn', { benchmark: benchmark.name });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} className="juara-break">
        {metric.name}
        <Text size="xs" c="dimmed">
          {source}
        </Text>
      </Table.Th>
      <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
          {metricValue(metric, language)}
        </Text>
        {text !== null && (
          <Text size="xs" c="dimmed" hiddenFrom="sm">
            {text}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm" w={230}>
        {interval !== null && (
          <>
            <IntervalBar value={metric.value} low={interval.low} high={interval.high} unit={unit} />
            <Text size="xs" c="dimmed" title={interval.method}>
              {text}
            </Text>
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
