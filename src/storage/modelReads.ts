import { decodeKey } from '../domain/page.js';
import type { Reads } from '../ports.js';
import { modelFromRow } from './modelMapping.js';
import { ModelRow } from './modelRow.js';
import { limitOf, pageOf } from './pageOf.js';
import { containsText } from './searchText.js';
import type { Session } from './session.js';
import { among, chunks, join, type Sql, sql } from './sql.js';

type ModelReads = Pick<Reads, 'model' | 'models' | 'modelPage' | 'modelCount'>;

export function modelReads(session: Session): ModelReads {
  return {
    async model(name) {
      const row = await session.findHeld(ModelRow, { name });
      return row === null ? null : modelFromRow(row);
    },
    async models(names) {
      const found = await Promise.all(
        chunks(names).map((some) => session.rows<ModelRow>(sql`SELECT * FROM models WHERE ${among(sql`name`, some)}`)),
      );
      return found.flat().map(modelFromRow);
    },
    async modelPage({ first, after, search, models }) {
      const limit = limitOf(first);
      const from = after === null ? [] : [sql`name > ${decodeKey(after, ['string'])[0]}`];
      const where = join([...conditions(search, models), ...from], ' AND ');
      const rows = await session.rows<ModelRow>(sql`SELECT * FROM models WHERE ${where} ORDER BY name LIMIT ${limit}`);
      return pageOf(rows, first, modelFromRow, (row) => [row.name]);
    },
    async modelCount({ search, models }) {
      const where = join(conditions(search, models), ' AND ');
      const [row] = await session.rows<{ n: number }>(sql`SELECT COUNT(*) AS n FROM models WHERE ${where}`);
      return row?.n ?? 0;
    },
  };
}

function conditions(search: string | null, models: readonly string[] | null): Sql[] {
  return [among(sql`name`, models), ...(search === null || search === '' ? [] : [containsText(sql`search_text`, search)])];
}
