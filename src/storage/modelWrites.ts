import { JuaraError } from '../domain/errors.js';
import type { Model } from '../domain/records.js';
import type { Tx } from '../ports.js';
import { definedOnly } from './definedOnly.js';
import { modelFromRow, modelToRow } from './modelMapping.js';
import { ModelRow } from './modelRow.js';
import { policyToRow } from './policyMapping.js';
import { PolicyRow } from './policyRow.js';
import { reignToRow } from './reignMapping.js';
import { ReignRow } from './reignRow.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

type ModelWrites = Pick<Tx, 'lockModel' | 'insertModel' | 'updateModel' | 'openReign' | 'closeReign' | 'insertPolicy'>;

export function modelWrites(session: Session): ModelWrites {
  return {
    async lockModel(name) {
      const row = await session.lockOne(ModelRow, { name });
      return row === null ? null : modelFromRow(row);
    },
    insertModel: (model) => session.insert(ModelRow, [modelToRow(model)]),
    async updateModel(name, patch) {
      const row = await session.lockOne(ModelRow, { name });
      if (row === null) throw new JuaraError('MODEL_NOT_FOUND', `there is no model ${name}`);
      const changed: Model = { ...modelFromRow(row), ...definedOnly(patch) };
      await session.update(ModelRow, { name }, row, modelToRow(changed));
    },
    openReign: (reign) => session.insert(ReignRow, [reignToRow(reign)]),
    closeReign: (model, until) => session.run(sql`UPDATE reigns SET until_at = ${until} WHERE model = ${model} AND until_at IS NULL`),
    insertPolicy: (policy) => session.insert(PolicyRow, [policyToRow(policy)]),
  };
}
