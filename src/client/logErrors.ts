import type { Checkpoint } from './checkpoint.js';
import { JuaraClientError } from './JuaraClientError.js';

const FORGET = 'forget the remembered checkpoint and read the state anew';
const LOCATE = '`juara verify --checkpoint` on the server says where';

/** Fewer events than a checkpoint knows: an older backup was restored, or the end was cut off. */
export function logTruncated(remembered: Checkpoint, length: number | null): JuaraClientError {
  const now = length === null ? 'it is shorter now' : `it has ${length} now`;
  const message = `the log had ${remembered.seq} events at ${remembered.at}, ${now}: an older backup was restored, or its end was cut off`;
  return new JuaraClientError('LOG_TRUNCATED', `${message}; if a backup was restored on purpose, ${FORGET}`, { remembered, length });
}

/** Another history than the one that was seen. `seq`: the first event that shows it. */
export function logRewritten(seq: number, why: string, remembered: Checkpoint | null): JuaraClientError {
  const message = `${why}: the log was changed after it had been written; ${LOCATE}; if it was replaced on purpose, ${FORGET}`;
  return new JuaraClientError('LOG_REWRITTEN', message, { seq, remembered });
}

/** A checkpoint that the registry's key did not sign. */
export function checkpointForged(why: string, checkpoint: Checkpoint): JuaraClientError {
  return new JuaraClientError('CHECKPOINT_FORGED', why, { checkpoint });
}

/** A gap: the event is gone, or it is not for this token. */
export function logIncomplete(seq: number): JuaraClientError {
  const advice = 'it is missing from the log, or concerns a model that is not this token’s: verify with a token for all models';
  return new JuaraClientError('LOG_INCOMPLETE', `event ${seq} was not handed out: ${advice}`, { seq });
}
