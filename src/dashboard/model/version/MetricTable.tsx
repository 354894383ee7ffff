import { Button, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../../api/generated/operations';
import { MetricRow } from './MetricRow';
import { sortMetrics } from './sortMetrics';

interface MetricTableProps {
  readonly metrics: VersionDetailsFragment['metrics'];
  /** Metrics that the policy weighs; they are shown first. */
  readonly weighed: readonly string[];
}

export function MetricTable({ metrics, weighed }: MetricTableProps) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const { first, others } = sortMetrics(metrics, weighed);
  if (metrics.length === 0) return <Text c="dimmed">{t('modelPage.metrics.none')}</Text>;
  return (
    <Stack gap="xs">
      <ScrollArea.Autosize
        mah={opened ? 520 : undefined}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('modelPage.tabs.metrics') }}
      >
        <Table verticalSpacing={6} horizontalSpacing="xs" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('modelPage.metrics.metric')}</Table.Th>
              <Table.Th ta="right">{t('modelPage.metrics.value')}</Table.Th>
              <Table.Th visibleFrom="sm">{t('modelPage.metrics.interval')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(opened ? [...first, ...others] : first).map((metric) => (
              <MetricRow key={`${metric.name} ${metric.provenance} ${metric.benchmark?.name ?? ''}`} metric={metric} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {others.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={toggle} aria-expanded={opened} style={{ alignSelf: 'flex-start' }}>
          {opened ? t('modelPage.metrics.fewer') : t('modelPage.metrics.all', { count: metrics.length })}
        </Button>
      )}
    </Stack>
  );
}
