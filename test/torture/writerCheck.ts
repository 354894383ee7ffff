import { type Checkpoint, checkpointHolds } from '../../src/domain/checkpoint.js';
import type { Blame } from './fault.js';
import type { FinalLog } from './finalLog.js';
import type { AckLine, WriterLine } from './records.js';

/** Holds the lines of one writer against the final log, as they are read. */
export class WriterCheck {
  acknowledged = 0;

  constructor(
    private readonly log: FinalLog,
    private readonly blame: Blame,
  ) {}

  take(line: WriterLine): void {
    const seqs = this.log.marked(line.mark);
    if (line.k === 'ack') this.acknowledgement(line, seqs);
    if (line.k === 'try' && line.once && seqs.length > 1)
      this.blame(
        'duplicated',
        `the write ${line.mark} carried an idempotency key and stands in the log ${seqs.length} times: events ${seqs.join(', ')}`,
      );
    if (line.k === 'denied' && seqs.length > 0)
      this.blame('torn', `the write ${line.mark} was refused (${line.code}), but event ${seqs[0]} holds it`);
  }

  private acknowledgement({ mark, seq, hash, checkpoint }: AckLine, seqs: readonly number[]): void {
    this.acknowledged += 1;
    if (seqs.length === 0)
      this.blame('lost', `the write ${mark} was acknowledged${seq === undefined ? '' : ` as event ${seq}`}, but the log does not hold it`);
    else if (seq !== undefined && !seqs.includes(seq))
      this.blame('torn', `the write ${mark} was acknowledged as event ${seq}, but stands at ${seqs.join(', ')}`);
    if (seq !== undefined && seqs.length > 0 && this.log.hashAt(seq) !== hash)
      this.blame('torn', `the write ${mark} was acknowledged with another hash than event ${seq} has`);
    if (checkpoint !== undefined) checkCheckpoint(checkpoint, this.log, this.blame);
  }
}

export function checkCheckpoint(checkpoint: Checkpoint, log: FinalLog, blame: Blame): void {
  const { seq, hash, publicKey } = checkpoint;
  if (publicKey !== log.publicKey || !checkpointHolds(checkpoint))
    blame('checkpoint', `the checkpoint of event ${seq} is not signed by the registry's key`);
  const held = log.hashAt(seq);
  if (held === undefined) blame('checkpoint', `a checkpoint of event ${seq} was handed out, but the log ends at ${log.length}`);
  else if (held !== hash) blame('checkpoint', `the checkpoint of event ${seq} names another hash than the log holds`);
}
