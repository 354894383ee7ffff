import { Box, Table, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetricDifferencePartsFragment } from '../api/generated/operations';
import { metricDifference, metricValue } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import { Better } from './Better';
import { DifferenceInterval } from './DifferenceInterval';

interface MetricRowProps {
  readonly metric: MetricDifferencePartsFragment;
  /** The task whose name the metric's begins with; null: none. */
  readonly task: string | null;
}

/** One metric of both versions: the values, the difference with its interval, and which is better. In two columns where it is narrow. */
export function MetricRow({ metric, task }: MetricRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { base, candidate, difference, better } = metric;
  const either = candidate ?? base;
  if (either === null) return null;
  const higher = either.direction === 'HIGHER_IS_BETTER';
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} className="juara-break" miw={112} title={metric.name}>
        {task === null ? metric.name : metric.name.slice(task.length + 1)}{' '}
        <Text component="span" size="xs" c="dimmed" title={t(higher ? 'comparePage.higher' : 'comparePage.lower')}>
          <span aria-hidden="true">{higher ? '↑' : '↓'}</span>
          <VisuallyHidden>{t(higher ? 'comparePage.higher' : 'comparePage.lower')}</VisuallyHidden>
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {metricValue(base, language)} → {metricValue(candidate, language)}
        </Text>
      </Table.Th>
      <Table.Td ta="right" visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        {metricValue(base, language)}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        {metricValue(candidate, language)}
      </Table.Td>
      <Table.Td>
        <Better side={better}>{difference === null ? '' : metricDifference(difference, either.unit, language)}</Better>
        <Box hiddenFrom="sm">
          <DifferenceInterval interval={metric.interval} unit={either.unit} />
        </Box>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <DifferenceInterval interval={metric.interval} unit={either.unit} />
      </Table.Td>
    </Table.Tr>
  );
}
