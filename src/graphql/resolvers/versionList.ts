import type { Version } from '../../domain/records.js';
import type { VersionFilter, VersionOrder } from '../../ports.js';
import { checkVersionQuery, listVersions } from '../../usecases/listVersions.js';
import { type Connection, connection, pageRequest } from '../connection.js';
import type { CallerContext } from '../context.js';

export interface VersionListArgs {
  readonly model: string;
  readonly filter: VersionFilter | null | undefined;
  readonly orderBy: VersionOrder | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
}

const HIGHEST_FIRST: VersionOrder = { field: 'VERSION', direction: 'DESC' };

/** A page of a model's versions; without an order the highest comes first. `known`: the model is known to exist. */
export async function versionList({ deps, actor }: CallerContext, args: VersionListArgs, known: boolean): Promise<Connection<Version>> {
  const { model } = args;
  const filter = args.filter ?? {};
  const order = args.orderBy ?? HIGHEST_FIRST;
  const query = { model, filter, order };
  if (!known || filter.metric != null || order.field === 'METRIC') await checkVersionQuery(deps, actor, query);
  const request = pageRequest(args.first, args.after, 20);
  const page = await listVersions(deps, query, request);
  return connection(page, request, () => deps.store.reads.versionCount(model, filter, order));
}
