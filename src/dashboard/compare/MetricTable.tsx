import { ScrollArea, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetricDifferencePartsFragment } from '../api/generated/operations';
import type { Pair } from './chosenPair';
import { MetricRow } from './MetricRow';

interface MetricTableProps {
  readonly title: string;
  readonly metrics: readonly MetricDifferencePartsFragment[];
  /** The task they all belong to, which their names need not repeat; null: none. */
  readonly task: string | null;
  readonly pair: Pair;
}

export function MetricTable({ title, metrics, task, pair }: MetricTableProps) {
  const { t } = useTranslation();
  return (
    <ScrollArea viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': title }}>
      <Table verticalSpacing={6} striped aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('comparePage.metric')}</Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {pair.base}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {pair.candidate}
            </Table.Th>
            <Table.Th scope="col">{t('comparePage.difference')}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t('comparePage.interval')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {metrics.map((metric) => (
            <MetricRow key={metric.name} metric={metric} task={task} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
