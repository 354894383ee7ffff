import { type Actor, requireModel } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { Evaluation } from '../domain/evaluation.js';
import type { Reads } from '../ports.js';

/** The evaluation, or EVALUATION_NOT_FOUND; FORBIDDEN where the actor's token is not for its model. */
export async function foundEvaluation(reads: Reads, actor: Actor, id: string): Promise<Evaluation> {
  const evaluation = await reads.evaluation(id);
  if (evaluation === null) throw new JuaraError('EVALUATION_NOT_FOUND', `there is no evaluation ${JSON.stringify(id.slice(0, 100))}`);
  requireModel(actor, evaluation.model);
  return evaluation;
}
