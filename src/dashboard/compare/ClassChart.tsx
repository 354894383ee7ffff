import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useLanguage } from '../common/useLanguage';
import type { Pair } from './chosenPair';
import type { ClassRow } from './classRows';

interface ClassChartProps {
  readonly rows: readonly ClassRow[];
  readonly pair: Pair;
}

/** Two bars a class. For the eye only: the table beside it says the same to screen readers. */
export function ClassChart({ rows, pair }: ClassChartProps) {
  const language = useLanguage();
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const data = rows.map((row) => ({ class: row.class, base: row.base?.value ?? null, candidate: row.candidate?.value ?? null }));
  return (
    <div aria-hidden="true">
      <BarChart
        h={280}
        data={data}
        dataKey="class"
        withLegend
        unit=" %"
        valueFormatter={(value) => percent.format(value)}
        yAxisProps={{ domain: [0, 100], width: 56 }}
        barChartProps={{ accessibilityLayer: false }}
        series={[
          { name: 'base', label: pair.base, color: 'light-dark(var(--mantine-color-gray-6), var(--mantine-color-gray-5))' },
          { name: 'candidate', label: pair.candidate, color: 'light-dark(var(--mantine-color-juara-8), var(--mantine-color-juara-5))' },
        ]}
      />
    </div>
  );
}
