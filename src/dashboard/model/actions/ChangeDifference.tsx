import { Button, ScrollArea, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { ChampionChangeDocument } from '../../api/generated/operations';
import { ProblemAlert } from '../../common/ProblemAlert';
import { useLiveQuery } from '../../common/useLiveQuery';
import { sortMetrics } from '../version/sortMetrics';
import { DifferenceRow } from './DifferenceRow';

interface ChangeDifferenceProps {
  readonly model: string;
  readonly base: string;
  readonly candidate: string;
  readonly weighed: readonly string[];
}

/** What operations would get with the other version: metric by metric, what the policy weighs first. */
export function ChangeDifference({ model, base, candidate, weighed }: ChangeDifferenceProps) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const { data, problem, refresh } = useLiveQuery({ query: ChampionChangeDocument, variables: { model, base, candidate }, model });
  if (problem !== null) return <ProblemAlert problem={problem} onRetry={refresh} />;
  if (data === undefined) return <Skeleton h={140} role="status" aria-label={t('loading')} />;
  const { metrics, summary } = data.compareVersions;
  const { first, others } = sortMetrics(metrics, weighed);
  return (
    <Stack gap="xs">
      <Text size="sm" className="juara-break">
        {summary}
      </Text>
      <ScrollArea.Autosize mah={300} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('modelPage.change.difference') }}>
        <Table verticalSpacing={4} horizontalSpacing="xs" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('modelPage.metrics.metric')}</Table.Th>
              <Table.Th ta="right">{base}</Table.Th>
              <Table.Th ta="right">{candidate}</Table.Th>
              <Table.Th ta="right">{t('modelPage.change.difference')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(opened ? [...first, ...others] : first).map((metric) => (
              <DifferenceRow key={metric.name} metric={metric} />
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
