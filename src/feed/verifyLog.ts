import { type Checkpoint, checkpointHolds } from '../domain/checkpoint.js';
import { eventHash, genesisHash, type StoredEvent } from '../domain/event.js';
import type { Reads } from '../ports.js';

export interface LogFault {
  /** The first seq that is not as it was written. */
  readonly seq: number;
  readonly detail: string;
}

export interface LogReport {
  readonly events: number;
  readonly fault: LogFault | null;
}

const PAGE = 1_000;

/**
 * Walks the whole log and holds each event against the hash of the one before it, the end against the head, and the whole against
 * checkpoints that were handed out earlier. A chain alone would not show a tail that was cut off or a log that was stamped anew.
 */
export async function verifyLog(reads: Pick<Reads, 'events' | 'head'>, checkpoints: readonly Checkpoint[] = []): Promise<LogReport> {
  const head = await reads.head();
  const forged = checkpoints.find((c) => !checkpointHolds(c));
  if (forged !== undefined)
    return { events: 0, fault: { seq: forged.seq, detail: 'the checkpoint itself is not signed by the key that it names' } };
  let seq = 0;
  let hash = genesisHash(head.registryId);
  while (seq < head.seq) {
    const { events } = await reads.events({}, seq, PAGE);
    for (const event of events) {
      const fault = brokenLink(seq, hash, event) ?? contradicts(event, checkpoints);
      if (fault !== null) return { events: seq, fault };
      ({ seq, hash } = event);
    }
    if (events.length === 0) return { events: seq, fault: { seq: seq + 1, detail: `the log ends at ${seq}, its head says ${head.seq}` } };
  }
  if (hash !== head.hash && seq === head.seq)
    return { events: seq, fault: { seq, detail: 'the head names another hash than the last event has' } };
  return { events: seq, fault: beyond(seq, checkpoints) };
}

function brokenLink(seq: number, hash: string, event: StoredEvent): LogFault | null {
  if (event.seq !== seq + 1) return { seq: seq + 1, detail: `event ${seq + 1} is missing; ${event.seq} follows` };
  return event.hash === eventHash(hash, event) ? null : { seq: event.seq, detail: `event ${event.seq} was changed, or one before it` };
}

function contradicts(event: StoredEvent, checkpoints: readonly Checkpoint[]): LogFault | null {
  const other = checkpoints.find((c) => c.seq === event.seq && c.hash !== event.hash);
  return other === undefined
    ? null
    : { seq: event.seq, detail: `the checkpoint of event ${event.seq} names another hash: the log was written anew` };
}

function beyond(seq: number, checkpoints: readonly Checkpoint[]): LogFault | null {
  const later = checkpoints.find((c) => c.seq > seq);
  return later === undefined
    ? null
    : { seq: seq + 1, detail: `the log ends at ${seq}, a checkpoint knows event ${later.seq}: its end was cut off` };
}
