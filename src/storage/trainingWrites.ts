import type { Tx } from '../ports.js';
import { toJsonOrNull } from './jsonColumn.js';
import type { Session } from './session.js';
import { among, chunks, join, sql } from './sql.js';
import { TrainingEventRow } from './trainingEventRow.js';
import { trainingToRow } from './trainingMapping.js';

export function trainingWrites(session: Session): Pick<Tx, 'insertTrainingEvents' | 'updateTrainingEvents'> {
  return {
    insertTrainingEvents: (events) => session.insert(TrainingEventRow, events.map(trainingToRow)),
    async updateTrainingEvents(model, eventIds, { status, validatedAt, usedBy, extra }) {
      const changes = [
        ...(status === undefined ? [] : [sql`status = ${status}`]),
        ...(validatedAt === undefined ? [] : [sql`validated_at = ${validatedAt}`]),
        ...(usedBy === undefined ? [] : [sql`used_by = ${usedBy}`]),
        ...(extra === undefined ? [] : [sql`extra = ${toJsonOrNull(extra)}`]),
      ];
      if (changes.length === 0) return;
      for (const some of chunks(eventIds)) {
        await session.run(sql`UPDATE training_events SET ${join(changes, ', ')} WHERE model = ${model} AND ${among(sql`event_id`, some)}`);
      }
    },
  };
}
