import type { Comparison, Metric, MetricDifference } from './client.js';
import { metricDifference, metricValue, NONE } from './format.js';
import { table } from './table.js';

const BETTER = { BASE: 'worse', CANDIDATE: 'better', EQUAL: 'equal', UNKNOWN: 'unknown' } as const;

/** Metric by metric, then the composite score, the paired tests and the verdict. */
export async function comparisonText(comparison: Comparison): Promise<string> {
  const { base, candidate, composite, benchmark, metrics } = comparison;
  const head = ['METRIC', base.version, candidate.version, 'DIFFERENCE', 'INTERVAL', 'CANDIDATE IS'];
  const rows = metrics.map((m) => [
    m.name,
    side(m.base),
    side(m.candidate),
    metricDifference(m.difference, unitOf(m)),
    interval(m),
    BETTER[m.better],
  ]);
  const tests = comparison.tests.map(
    (t) =>
      `${t.method} on ${t.task}: p = ${t.pValue.toPrecision(3)}, ${t.significant ? 'significant' : 'not significant'} ` +
      `(only ${base.version} right ${t.onlyBaseRight}, only ${candidate.version} right ${t.onlyCandidateRight})`,
  );
  const score =
    composite === null
      ? 'composite score: not known, weighted metrics are missing'
      : `composite score: ${composite.base.toFixed(4)} -> ${composite.candidate.toFixed(4)} ` +
        `(${composite.difference > 0 ? '+' : ''}${composite.difference.toFixed(4)}; ${Math.round(composite.coverage * 100)} % of the weight` +
        `${composite.missing.length > 0 ? `, missing: ${composite.missing.join(', ')}` : ''})`;
  const basis = benchmark === null ? [] : [`benchmark: ${benchmark.name}`];
  return [await table(head, rows, [1, 2, 3, 4]), '', score, ...tests, ...basis, `${comparison.verdict}: ${comparison.summary}`].join('\n');
}

function interval({ interval: i, ...m }: MetricDifference): string {
  return i === null ? NONE : `${metricDifference(i.low, unitOf(m))} to ${metricDifference(i.high, unitOf(m))}`;
}

function side(metric: Metric | null): string {
  return metric === null ? NONE : metricValue(metric);
}

function unitOf(difference: Pick<MetricDifference, 'base' | 'candidate'>): Metric['unit'] | undefined {
  return (difference.candidate ?? difference.base)?.unit;
}
