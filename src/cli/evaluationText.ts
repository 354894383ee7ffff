import type { Evaluation } from './client.js';
import { metricValue, NONE } from './format.js';
import { table } from './table.js';

/** Metrics with their intervals, the confusion matrices, and what whoever reads them should know. */
export async function evaluationText({ version, benchmark, status, error, notes, metrics, confusion }: Evaluation): Promise<string> {
  const head = `${version.modelId} on ${benchmark.name}: ${status.toLowerCase()}${error === null ? '' : `: ${error}`}`;
  const rows = metrics.map((metric) => {
    const { interval, unit } = metric;
    if (interval === null) return [metric.name, metricValue(metric), NONE, NONE];
    const [low, high] = [interval.low, interval.high].map((value) => metricValue({ value, unit }));
    return [metric.name, metricValue(metric), `${low} to ${high}`, `${Math.round(interval.level * 100)} %, ${interval.method}`];
  });
  const parts = [head, ...notes.map((note) => `  note: ${note}`)];
  if (rows.length > 0) parts.push('', await table(['METRIC', 'VALUE', 'INTERVAL', 'METHOD'], rows, [1]));
  for (const { task, classes, counts } of confusion) {
    const cells = counts.map((row, i) => [classes[i] ?? '', ...row.map(String)]);
    parts.push(
      '',
      `${task}: true class by predicted class`,
      await table(
        ['', ...classes],
        cells,
        classes.map((_, i) => i + 1),
      ),
    );
  }
  return parts.join('\n');
}
