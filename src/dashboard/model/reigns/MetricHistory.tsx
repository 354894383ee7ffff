import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MetricOverVersionsDocument } from '../../api/generated/operations';
import { Loading } from '../../common/Loading';
import { ProblemAlert } from '../../common/ProblemAlert';
import { Section } from '../../common/Section';
import { useLiveQuery } from '../../common/useLiveQuery';
import { ReignChart } from './ReignChart';
import { reignSeries } from './reignSeries';

interface MetricHistoryProps {
  readonly model: string;
  readonly metrics: readonly string[];
  readonly preferred: string;
}

/** Versions on the chart, and reigns that are looked at for them. */
const POINTS = 60;
const REIGNS = 500;

/** A metric over the versions, with the line that each of them had to beat. */
export function MetricHistory({ model, metrics, preferred }: MetricHistoryProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const metric = chosen ?? (metrics.includes(preferred) ? preferred : (metrics[0] ?? preferred));
  const { data, problem, refresh } = useLiveQuery({
    query: MetricOverVersionsDocument,
    variables: { model, metric, first: POINTS, reigns: REIGNS },
    model,
  });
  const unit = data?.metrics[0]?.metric.unit;
  return (
    <Section title={t('modelPage.chart.title', { metric })} hint={t('modelPage.chart.hint')}>
      <Select
        label={t('modelPage.metrics.metric')}
        data={metrics}
        value={metric}
        onChange={setChosen}
        allowDeselect={false}
        searchable
        maw={340}
      />
      <ProblemAlert problem={problem} onRetry={refresh} />
      {data === undefined && problem === null && <Loading />}
      {data !== undefined && unit !== undefined && (
        <ReignChart series={reignSeries(data.metrics, data.model?.reigns.nodes ?? [])} metric={metric} unit={unit} />
      )}
      {data?.metrics.length === 0 && <Text c="dimmed">{t('modelPage.chart.none')}</Text>}
    </Section>
  );
}
