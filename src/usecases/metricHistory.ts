import type { Actor } from '../domain/actor.js';
import type { Metric } from '../domain/metric.js';
import { checkFirst } from '../domain/page.js';
import type { Version } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { foundModel } from './found.js';
import { requireKnownMetrics } from './requireKnownMetrics.js';

export interface MetricPoint {
  readonly version: Version;
  readonly metric: Metric;
}

/** One metric over the versions that carry it, oldest version first: the newest `first` of them. */
export async function metricHistory(
  deps: Deps,
  actor: Actor,
  input: { readonly model: string; readonly metric: string; readonly first: number },
): Promise<MetricPoint[]> {
  const reads = deps.store.reads;
  await foundModel(reads, actor, input.model);
  await requireKnownMetrics(reads, input.model, [input.metric]);
  const page = { first: checkFirst(input.first), after: null };
  const { nodes } = await reads.versionPage(input.model, { metric: { name: input.metric } }, { field: 'VERSION', direction: 'DESC' }, page);
  return [...nodes].reverse().flatMap((version) => {
    const metric = version.metrics.find((m) => m.name === input.metric);
    return metric === undefined ? [] : [{ version, metric }];
  });
}
