import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricDifferencePartsFragment } from '../api/generated/operations';
import { Loading } from '../common/Loading';
import { Section } from '../common/Section';
import { ClassTable } from './ClassTable';
import type { Pair } from './chosenPair';
import { CLASS_MEASURES, type ClassMeasure, classRows } from './classRows';
import type { TaskNames } from './metricParts';

const ClassChart = lazy(async () => ({ default: (await import('./ClassChart')).ClassChart }));

interface ClassBarsProps {
  readonly metrics: readonly MetricDifferencePartsFragment[];
  readonly tasks: readonly TaskNames[];
  readonly pair: Pair;
}

/** Recall, precision or F1 of each class of a task, for both versions, as bars or as a table. */
export function ClassBars({ metrics, tasks, pair }: ClassBarsProps) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<ClassMeasure>('recall');
  const [task, setTask] = useState<string | null>(null);
  const [view, setView] = useState('chart');
  const shown = tasks.find(({ name }) => name === task) ?? tasks[0];
  if (shown === undefined) return null;
  const rows = classRows(metrics, tasks, shown, measure);
  const title = t('comparePage.barsOf', { measure: t(`comparePage.measure.${measure}`), task: shown.name });
  return (
    <Section title={t('comparePage.bars')} hint={t('comparePage.barsHint')}>
      <Group align="end">
        <Select
          label={t('comparePage.task')}
          data={tasks.map(({ name }) => name)}
          value={shown.name}
          onChange={setTask}
          allowDeselect={false}
          w={{ base: '100%', xs: 200 }}
        />
        <SegmentedControl
          aria-label={t('comparePage.measureLabel')}
          data={CLASS_MEASURES.map((value) => ({ value, label: t(`comparePage.measure.${value}`) }))}
          value={measure}
          onChange={(value) => setMeasure(value as ClassMeasure)}
        />
        <SegmentedControl
          aria-label={t('comparePage.view')}
          data={['chart', 'table'].map((value) => ({ value, label: t(`comparePage.${value}`) }))}
          value={view}
          onChange={setView}
        />
      </Group>
      {rows.length === 0 && <Text c="dimmed">{t('comparePage.noClassMetrics')}</Text>}
      {rows.length > 0 && view === 'chart' && (
        <Suspense fallback={<Loading />}>
          <ClassChart rows={rows} pair={pair} />
        </Suspense>
      )}
      {rows.length > 0 && <ClassTable title={title} rows={rows} pair={pair} hidden={view === 'chart'} />}
    </Section>
  );
}
