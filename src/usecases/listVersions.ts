import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { checkFirst, type Page, type PageRequest } from '../domain/page.js';
import type { Version } from '../domain/records.js';
import type { Deps, VersionFilter, VersionOrder } from '../ports.js';
import { foundModel } from './found.js';
import { requireKnownMetrics } from './requireKnownMetrics.js';

export interface VersionQuery {
  readonly model: string;
  readonly filter: VersionFilter;
  readonly order: VersionOrder;
}

/** Refuses what cannot be meant: an order by a metric without one, metrics that no version carries, bounds that exclude each other. */
export async function checkVersionQuery(deps: Deps, actor: Actor, { model, filter, order }: VersionQuery): Promise<void> {
  await foundModel(deps.store.reads, actor, model);
  if (order.field === 'METRIC' && order.metric == null) throw new JuaraError('INVALID_INPUT', 'orderBy METRIC needs the name of a metric');
  const { min, max } = filter.metric ?? {};
  if (min != null && max != null && min > max) throw new JuaraError('INVALID_INPUT', `filter.metric: min ${min} is above max ${max}`);
  const ordered = order.field === 'METRIC' ? order.metric : null;
  const names = [filter.metric?.name, ordered].filter((name) => name != null);
  await requireKnownMetrics(deps.store.reads, model, names);
}

/** One page of a model's versions; call checkVersionQuery first. */
export function listVersions(deps: Deps, { model, filter, order }: VersionQuery, page: PageRequest): Promise<Page<Version>> {
  return deps.store.reads.versionPage(model, filter, order, { ...page, first: checkFirst(page.first) });
}
