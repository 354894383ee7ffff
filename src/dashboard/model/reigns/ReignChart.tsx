import '@mantine/charts/styles.css';
import { CompositeChart } from '@mantine/charts';
import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorBar, Line } from 'recharts';
import type { MetricUnit } from '../../api/generated/operations';
import { metricValue } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';
import type { SeriesPoint } from './reignSeries';
import { SeriesTable } from './SeriesTable';

interface ReignChartProps {
  readonly series: readonly SeriesPoint[];
  readonly metric: string;
  readonly unit: MetricUnit;
}

const CHAMPION = 'light-dark(var(--mantine-color-juara-8), var(--mantine-color-juara-4))';
const VERSION = 'light-dark(var(--mantine-color-blue-8), var(--mantine-color-blue-3))';

/** Each version as a dot with its interval; the champion of that time as a step line in its interval's band. */
export function ReignChart({ series, metric, unit }: ReignChartProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = (value: number): string => metricValue({ value, unit }, language);
  return (
    <>
      <div role="img" aria-label={t('modelPage.chart.label', { metric, count: series.length })}>
        <CompositeChart
          h={300}
          data={[...series]}
          dataKey="version"
          series={[
            { name: 'band', type: 'area', color: CHAMPION },
            { name: 'reign', type: 'line', color: CHAMPION },
          ]}
          curveType="stepAfter"
          withDots={false}
          connectNulls={false}
          valueFormatter={format}
          yAxisProps={{ domain: ['auto', 'auto'], width: 90 }}
          xAxisProps={{ padding: { left: 30, right: 30 } }}
          areaProps={{ fillOpacity: 0.14, strokeOpacity: 0, isAnimationActive: false }}
          lineProps={{ isAnimationActive: false }}
          composedChartProps={{ accessibilityLayer: false }}
          tooltipProps={{ content: ({ label }) => <PointTip point={series.find(({ version }) => version === label)} format={format} /> }}
        >
          <Line
            dataKey="value"
            stroke="none"
            isAnimationActive={false}
            dot={{ r: 5, fill: VERSION, stroke: 'none' }}
            activeDot={{ r: 7, fill: VERSION }}
          >
            <ErrorBar dataKey="error" direction="y" width={8} stroke={VERSION} strokeWidth={1.5} isAnimationActive={false} />
          </Line>
        </CompositeChart>
      </div>
      <Text size="xs">
        <Text span inherit c={VERSION} fw={700} aria-hidden="true">
          ●{' '}
        </Text>
        {t('modelPage.chart.versions')}{' '}
        <Text span inherit c={CHAMPION} fw={700} aria-hidden="true">
          ━{' '}
        </Text>
        {t('modelPage.chart.champion')}
      </Text>
      <SeriesTable series={series} format={format} />
    </>
  );
}

function PointTip({ point, format }: { readonly point: SeriesPoint | undefined; readonly format: (value: number) => string }) {
  const { t } = useTranslation();
  if (point === undefined) return null;
  return (
    <Paper withBorder p="xs" shadow="md">
      <Text size="sm" fw={600}>
        {point.version}: {format(point.value)}
      </Text>
      {point.error !== null && (
        <Text size="xs">
          {format(point.value - point.error[0])} – {format(point.value + point.error[1])}
        </Text>
      )}
      {point.champion !== null && (
        <Text size="xs">
          {t('status.CHAMPION')}: {point.champion} {point.reign !== null && format(point.reign)}
        </Text>
      )}
    </Paper>
  );
}
