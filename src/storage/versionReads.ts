import type { Reads } from '../ports.js';
import type { Session } from './session.js';
import { among, chunks, sql } from './sql.js';
import { versionCount } from './versionCount.js';
import { versionFromRow } from './versionMapping.js';
import { versionPage } from './versionPage.js';
import { VersionRow } from './versionRow.js';

type VersionReads = Pick<
  Reads,
  | 'version'
  | 'versions'
  | 'champions'
  | 'challengers'
  | 'highestVersion'
  | 'latestRegistration'
  | 'versionPage'
  | 'versionCount'
  | 'versionSweep'
  | 'metricNames'
  | 'versionsWithFile'
>;

export function versionReads(session: Session): VersionReads {
  return {
    async version(id) {
      const row = await session.findHeld(VersionRow, { id });
      return row === null ? null : versionFromRow(row);
    },
    async versions(ids) {
      const found = await Promise.all(
        chunks(ids).map((some) => session.rows<VersionRow>(sql`SELECT * FROM versions WHERE ${among(sql`id`, some)}`)),
      );
      return found.flat().map(versionFromRow);
    },
    async champions(models) {
      const rows = await session.rows<VersionRow>(
        sql`SELECT v.* FROM models m JOIN versions v ON v.model = m.name AND v.status = 'CHAMPION'
          WHERE ${among(sql`m.name`, models)} ORDER BY m.name`,
      );
      return rows.map(versionFromRow);
    },
    async challengers(models) {
      const rows = await session.rows<VersionRow>(
        sql`SELECT * FROM versions WHERE ${among(sql`model`, models)} AND status = 'CHALLENGER' ORDER BY model, version_key DESC`,
      );
      return rows.map(versionFromRow);
    },
    versionPage: (model, filter, order, page) => versionPage(session, model, filter, order, page),
    versionCount: (model, filter, order) => versionCount(session, model, filter, order),
    ...versionEnds(session),
    ...versionSweeps(session),
  };
}

function versionEnds(session: Session): Pick<Reads, 'highestVersion' | 'latestRegistration' | 'metricNames'> {
  return {
    async highestVersion(model) {
      const { nodes } = await versionPage(session, model, {}, { field: 'VERSION', direction: 'DESC' }, { first: 1, after: null });
      return nodes[0]?.version ?? null;
    },
    async latestRegistration(model) {
      const { nodes } = await versionPage(session, model, {}, { field: 'CREATED_AT', direction: 'DESC' }, { first: 1, after: null });
      return nodes[0]?.createdAt ?? null;
    },
    async metricNames(model) {
      const rows = await session.rows<{ metric: string }>(
        sql`SELECT DISTINCT metric FROM metric_counts WHERE model = ${model} AND level = 0 AND n > 0 ORDER BY metric`,
      );
      return rows.map((row) => row.metric);
    },
  };
}

function versionSweeps(session: Session): Pick<Reads, 'versionSweep' | 'versionsWithFile'> {
  return {
    async versionSweep(model, afterId, limit) {
      // Every id of the model begins with `<model>_v`; '_w' is what comes after all of them. Other models' ids may lie between.
      const of = model === null ? sql`1 = 1` : sql`model = ${model} AND id > ${`${model}_v`} AND id < ${`${model}_w`}`;
      const behind = afterId === null ? sql`1 = 1` : sql`id > ${afterId}`;
      const rows = await session.rows<VersionRow>(sql`SELECT * FROM versions WHERE ${of} AND ${behind} ORDER BY id LIMIT ${limit}`);
      return rows.map(versionFromRow);
    },
    async versionsWithFile(sha256, limit) {
      const rows = await session.rows<{ version_id: string }>(
        sql`SELECT version_id FROM file_index WHERE sha256 = ${sha256} ORDER BY version_id LIMIT ${limit}`,
      );
      return rows.map((row) => row.version_id);
    },
  };
}
