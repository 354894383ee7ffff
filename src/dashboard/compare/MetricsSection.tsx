import { Accordion, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricDifferencePartsFragment } from '../api/generated/operations';
import { Section } from '../common/Section';
import type { Pair } from './chosenPair';
import { MetricTable } from './MetricTable';
import { type MetricGroup, metricGroups } from './metricGroups';
import type { TaskNames } from './metricParts';

interface MetricsSectionProps {
  readonly metrics: readonly MetricDifferencePartsFragment[];
  readonly tasks: readonly TaskNames[];
  readonly pair: Pair;
}

/** All metrics by task; those of single classes are folded until somebody looks for one. */
export function MetricsSection({ metrics, tasks, pair }: MetricsSectionProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const [changed, setChanged] = useState<readonly string[]>([]);
  const wanted = filter.trim().toLowerCase();
  const groups = metricGroups(
    metrics.filter(({ name }) => name.toLowerCase().includes(wanted)),
    tasks,
  );
  const title = ({ kind, task }: MetricGroup): string => t(`comparePage.group.${kind}`, { task });
  const keys = groups.map((group) => keyOf(group));
  const opened = wanted === '' ? groups.filter((group) => (group.kind === 'classes') === changed.includes(keyOf(group))).map(keyOf) : keys;
  const toggle = (now: readonly string[]): void => {
    const other = groups.filter((group) => (group.kind === 'classes') === now.includes(keyOf(group)));
    setChanged(other.map(keyOf));
  };
  return (
    <Section title={t('comparePage.metrics')} hint={t('comparePage.metricsHint')}>
      <TextInput
        label={t('comparePage.filter')}
        placeholder="recall"
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        maw={320}
      />
      {groups.length === 0 && <Text c="dimmed">{t(wanted === '' ? 'comparePage.noMetrics' : 'comparePage.noMatch')}</Text>}
      <Accordion multiple order={3} value={[...opened]} onChange={toggle} variant="separated" keepMounted={false}>
        {groups.map((group) => (
          <Accordion.Item key={keyOf(group)} value={keyOf(group)}>
            <Accordion.Control>
              <Group gap="xs">
                <Text fw={600} className="juara-break">
                  {title(group)}
                </Text>
                <Text size="sm" c="dimmed">
                  {balance(group)}
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <MetricTable title={title(group)} metrics={group.metrics} task={group.task} pair={pair} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );

  function balance({ metrics: of }: MetricGroup): string {
    const count = (side: MetricDifferencePartsFragment['better']): number => of.filter(({ better }) => better === side).length;
    return t('comparePage.balance', { better: count('CANDIDATE'), worse: count('BASE'), all: of.length });
  }
}

function keyOf({ kind, task }: MetricGroup): string {
  return `${kind}-${task ?? ''}`;
}
