import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Blame, Fault, FaultKind } from './fault.js';
import { FinalLog } from './finalLog.js';
import { ReaderCheck } from './readerCheck.js';
import type { HeadLine, ReaderLine, TruthLine, WriterLine } from './records.js';
import { checkCheckpoint, WriterCheck } from './writerCheck.js';

/** The final reading of the log. Writers' files are called writer-*.jsonl, readers' reader-*.jsonl. */
export const TRUTH_FILE = 'truth.jsonl';

export interface Verdict {
  readonly faults: readonly Fault[];
  /** Length of the final log. */
  readonly events: number;
  /** Events that readers were handed, all together. */
  readonly delivered: number;
  /** Subscriptions that readers made, the first ones included. */
  readonly connections: number;
  readonly acknowledged: number;
}

async function* lines<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== '') yield JSON.parse(line) as T;
}

/** Holds the logs of a folder against etcd's watch guarantees (etcd.io/docs/latest/learning/api_guarantees) and the hash chain. */
export async function validate(folder: string): Promise<Verdict> {
  const faults: Fault[] = [];
  const blameIn =
    (where: string) =>
    (kind: FaultKind, message: string): void =>
      void faults.push({ kind, where, message: `${where}: ${message}` });
  const log = await loadTruth(folder, blameIn('final log'));
  const names = (await readdir(folder)).sort();
  const sums = { delivered: 0, connections: 0, acknowledged: 0 };
  for (const name of names.filter((n) => n.startsWith('writer-'))) {
    const check = new WriterCheck(log, blameIn(name));
    for await (const line of lines<WriterLine>(join(folder, name))) check.take(line);
    sums.acknowledged += check.acknowledged;
  }
  for (const name of names.filter((n) => n.startsWith('reader-'))) {
    const check = new ReaderCheck(log, blameIn(name));
    for await (const line of lines<ReaderLine>(join(folder, name))) check.take(line);
    check.close();
    sums.delivered += check.delivered;
    sums.connections += check.connections;
  }
  return { faults, events: log.length, ...sums };
}

/** The final log of a run's folder, checked as it is taken in. */
export async function loadTruth(folder: string, blame: Blame): Promise<FinalLog> {
  const log = new FinalLog(blame);
  let head: HeadLine | null = null;
  for await (const line of lines<TruthLine>(join(folder, TRUTH_FILE))) {
    if (line.k === 'head') head = line;
    log.take(line);
  }
  if (head === null) throw new Error(`${join(folder, TRUTH_FILE)} says nothing of the head: the run did not end`);
  log.holds(head.checkpoint);
  checkCheckpoint(head.checkpoint, log, blame);
  return log;
}
