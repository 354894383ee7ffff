import type { Version } from './client.js';
import { metricValue, NONE, shortened, time } from './format.js';
import { table } from './table.js';

/** The accuracies and the composite score, which the original's script shows; where there are none, the first three metrics. */
export function chooseMetrics(versions: readonly Version[], asked: readonly string[] | undefined): string[] {
  if (asked !== undefined && asked.length > 0) return [...asked];
  const names = [...new Set(versions.flatMap((version) => version.metrics.map((metric) => metric.name)))];
  const shown = names.filter((name) => /(^|_)accuracy$/.test(name) && !/balanced_accuracy$/.test(name)).slice(0, 4);
  const composite = names.filter((name) => name === 'composite_score');
  return shown.length > 0 ? [...shown, ...composite] : names.slice(0, 3);
}

/** One line a version: what it is, since when, how good, and why. The champion carries a star. */
export function versionTable(versions: readonly Version[], asked?: readonly string[]): Promise<string> {
  const metrics = chooseMetrics(versions, asked);
  const head = ['VERSION', 'STATUS', 'DEPLOYED', 'ARCHIVED', ...metrics.map((name) => name.toUpperCase()), 'REASON'];
  const rows = versions.map((version) => [
    `${version.version}${version.status === 'CHAMPION' ? ' *' : ''}`,
    version.status.toLowerCase(),
    time(version.deployedAt),
    time(version.archivedAt),
    ...metrics.map((name) => cell(version, name)),
    shortened(version.reason),
  ]);
  return table(
    head,
    rows,
    metrics.map((_, i) => i + 4),
  );
}

function cell(version: Version, name: string): string {
  const metric = version.metrics.find((m) => m.name === name);
  return metric === undefined ? NONE : metricValue(metric);
}
