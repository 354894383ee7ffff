import type { Checkpoint } from '../../src/domain/checkpoint.js';
import type { NewEvent, StoredEvent } from '../../src/domain/event.js';

/** What writers, readers and the final reading of the log write down, one JSON object a line. */

/** Which events a reader asked for; what is left out is not held against the event. */
export interface LineFilter {
  readonly model?: string;
  readonly types?: readonly NewEvent['type'][];
}

/**
 * A reader subscribes. Lines of one `lineage` are one stream over all its connections: `after` is the cursor that it goes on from
 * ('': the first event; null: from now on), which within a lineage is the cursor of the last event that it has written down.
 */
export interface OpenLine {
  readonly k: 'open';
  readonly lineage: number;
  readonly after: string | null;
  readonly filter: LineFilter;
}

/** An event, as it came. */
export interface EventLine {
  readonly k: 'event';
  readonly seq: number;
  readonly hash: string;
  readonly cursor: string;
}

/** One page of the log as a query gave it: a reader that moves by endCursor. `known`: the log was at least this long before the query. */
export interface PageLine {
  readonly k: 'page';
  readonly after: string;
  readonly endCursor: string;
  readonly hasNextPage: boolean;
  readonly known: number;
  readonly filter: LineFilter;
  readonly events: readonly { readonly seq: number; readonly hash: string }[];
}

/** The server refused the reader's cursor. */
export interface RefusedLine {
  readonly k: 'refused';
  readonly code: string;
}

/** The reader was let run to the end of the log: everything that matches must have come by now. */
export interface EndLine {
  readonly k: 'end';
}

export type ReaderLine = OpenLine | EventLine | PageLine | RefusedLine | EndLine;

/** A write is sent for the first time. `mark` is found in the event that it makes (see marksOf); `once`: it carries an idempotency key. */
export interface TryLine {
  readonly k: 'try';
  readonly mark: string;
  readonly once: boolean;
}

/** A write was acknowledged; `seq` and `hash` where the answer named its event. */
export interface AckLine {
  readonly k: 'ack';
  readonly mark: string;
  readonly seq?: number;
  readonly hash?: string;
  readonly checkpoint?: Checkpoint;
}

/** A write was refused, and no earlier sending of it had been left unanswered: it must not have happened. */
export interface DeniedLine {
  readonly k: 'denied';
  readonly mark: string;
  readonly code: string;
}

export type WriterLine = TryLine | AckLine | DeniedLine;

/** What the state says after the run. */
export interface ModelLine {
  readonly k: 'model';
  readonly name: string;
  readonly champion: string | null;
  readonly revision: number;
  readonly versions: number;
  readonly policyRevision: number;
}

export interface HeadLine {
  readonly k: 'head';
  readonly registryId: string;
  readonly checkpoint: Checkpoint;
}

export type TruthLine = ({ readonly k: 'truth' } & StoredEvent) | ModelLine | HeadLine;

/** The texts by which a write finds its event: words like w3-17 in the event's data, and the policy's revision. */
export function marksOf({ type, model, data }: Pick<StoredEvent, 'type' | 'model' | 'data'>): string[] {
  if (type === 'POLICY_CHANGED') return [policyMark(String(model), Number(data.revision))];
  const words = new Set(JSON.stringify(data).match(/\bw\d+-\d+\b/g) ?? []);
  if (type === 'TRAINING_EVENTS_VALIDATED') return [...words].map(validationMark);
  // The training event that is discarded was named by the mark of the write that added it.
  if (type === 'TRAINING_EVENT_DISCARDED') words.delete(String(data.event));
  return [...words];
}

/** A validation carries no text of its own; the training event, which the writer named, is validated once in its life. */
export function validationMark(trainingEvent: string): string {
  return `validated ${trainingEvent}`;
}

/** A policy carries no text of the writer's; its model and revision name it. */
export function policyMark(model: string, revision: number): string {
  return `policy ${model} ${revision}`;
}
