import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { type Evaluation, isEnded } from '../domain/evaluation.js';
import type { Deps } from '../ports.js';
import { foundEvaluation } from './foundEvaluation.js';

/** Takes it from the queue, or breaks it off; cancelling twice is once. EVALUATION_ENDED where it has succeeded or failed. */
export async function cancelEvaluation(deps: Deps, actor: Actor, id: string): Promise<Evaluation> {
  await foundEvaluation(deps.store.reads, actor, id);
  const cancelled = await deps.store.inTransaction(async (tx) => {
    const evaluation = (await tx.lockEvaluation(id)) ?? (await foundEvaluation(tx, actor, id));
    if (evaluation.status === 'CANCELLED') return evaluation;
    if (isEnded(evaluation)) {
      throw new JuaraError(
        'EVALUATION_ENDED',
        `evaluation ${id} has ${evaluation.status.toLowerCase()} already: there is nothing to cancel`,
      );
    }
    const end = { status: 'CANCELLED', finishedAt: deps.now(), notes: [`cancelled by ${actor.name}`] } as const;
    await tx.updateEvaluation(id, end);
    return { ...evaluation, ...end };
  });
  deps.board.changed(id);
  return cancelled;
}
