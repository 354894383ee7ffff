import { JuaraError } from '../domain/errors.js';
import type { Version } from '../domain/records.js';
import type { Tx } from '../ports.js';
import { definedOnly } from './definedOnly.js';
import type { Session } from './session.js';
import { sql } from './sql.js';
import { insertFileIndex, insertMetricIndex, insertTagIndex, moveCounts } from './versionIndexes.js';
import { versionFromRow, versionToRow } from './versionMapping.js';
import { VersionRow } from './versionRow.js';

export function versionWrites(session: Session): Pick<Tx, 'insertVersion' | 'updateVersion'> {
  return {
    async insertVersion(version) {
      const row = versionToRow(version);
      await session.insert(VersionRow, [row]);
      await insertMetricIndex(session, version, row.version_key);
      await insertTagIndex(session, version, row.version_key);
      await insertFileIndex(session, version);
      await moveCounts(session, null, version);
    },
    async updateVersion(id, patch) {
      // Locked on PostgreSQL: the counts move by the difference between this row and the new one.
      const row = await session.lockOne(VersionRow, { id });
      if (row === null) throw new JuaraError('VERSION_NOT_FOUND', `there is no version ${id}`);
      const before = versionFromRow(row);
      const after: Version = { ...before, ...definedOnly(patch) };
      const changed = versionToRow(after);
      await session.update(VersionRow, { id }, row, changed);
      await updateIndexes(session, row, changed, after);
      await moveCounts(session, before, after);
    },
  };
}

/** The rows that lists are served from follow the version in the same transaction. */
async function updateIndexes(session: Session, before: VersionRow, row: VersionRow, after: Version): Promise<void> {
  const { id } = row;
  const moved = before.status !== row.status;
  if (before.metrics !== row.metrics) {
    await session.run(sql`DELETE FROM metric_index WHERE version_id = ${id}`);
    await insertMetricIndex(session, after, row.version_key);
  } else if (moved && after.metrics.length > 0) {
    await session.run(sql`UPDATE metric_index SET status = ${row.status} WHERE version_id = ${id}`);
  }
  if (before.tags !== row.tags) {
    await session.run(sql`DELETE FROM tag_index WHERE version_id = ${id}`);
    await insertTagIndex(session, after, row.version_key);
  } else if (moved && after.tags.length > 0) {
    await session.run(sql`UPDATE tag_index SET status = ${row.status} WHERE version_id = ${id}`);
  }
  if (before.files !== row.files) {
    await session.run(sql`DELETE FROM file_index WHERE version_id = ${id}`);
    await insertFileIndex(session, after);
  }
}
