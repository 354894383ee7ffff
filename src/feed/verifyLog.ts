import type { Checkpoint } from '../domain/checkpoint.js';
import { eventHash, genesisHash, type StoredEvent } from '../domain/event.js';
import type { Reads } from '../ports.js';
import { type RefusedCheckpoint, sortCheckpoints } from './sortCheckpoints.js';

/**
 * CHANGED: the event does not follow from the one before it. INSERTED: it was put in before others, which were numbered anew. MISSING:
 * it is gone. UNREADABLE: its row is no event any more. HEAD: the head of the log does not fit its end. TRUNCATED: a checkpoint knows
 * more events. REWRITTEN: a checkpoint knows another hash.
 */
export type LogFaultKind = 'CHANGED' | 'INSERTED' | 'MISSING' | 'UNREADABLE' | 'HEAD' | 'TRUNCATED' | 'REWRITTEN';

export interface LogFault {
  readonly kind: LogFaultKind;
  /** The first seq that is shown not to be as it was written. */
  readonly seq: number;
  /** The first seq that no checkpoint vouches for: from there on hashes may have been computed anew, which only a checkpoint shows. */
  readonly earliest: number;
  readonly detail: string;
}

type Finding = Omit<LogFault, 'earliest'>;

export interface LogReport {
  /** Events that are as they were written, as far as the chain and the checkpoints tell. */
  readonly events: number;
  /** Checkpoints that the log was held against. */
  readonly checkpoints: number;
  /** Checkpoints that prove nothing, because this registry's key did not sign them. */
  readonly refused: readonly RefusedCheckpoint[];
  readonly fault: LogFault | null;
}

export interface Evidence {
  readonly checkpoints: readonly Checkpoint[];
  /** The registry's key, as checkpoints name it; null takes any. */
  readonly publicKey: string | null;
}

type LogReads = Pick<Reads, 'event' | 'events' | 'head'>;

interface Place {
  readonly seq: number;
  readonly hash: string;
}

const PAGE = 1_000;

/**
 * Walks the whole log and holds each event against the hash of the one before it, the end against the head, and the whole against
 * checkpoints that were handed out earlier. A chain alone would not show a tail that was cut off or a log that was stamped anew. The
 * registry may go on writing meanwhile.
 */
export async function verifyLog(reads: LogReads, evidence: Evidence): Promise<LogReport> {
  const { accepted, refused } = sortCheckpoints(evidence.checkpoints, evidence.publicKey);
  const start = { seq: 0, hash: genesisHash((await reads.head()).registryId) };
  const early = contradiction(start, accepted);
  const { at, found } = early === null ? await walk(reads, start, (event) => contradiction(event, accepted)) : { at: start, found: early };
  const finding = found ?? cutOff(at.seq, accepted);
  const vouched = accepted.findLast((c) => c.seq <= at.seq)?.seq ?? 0;
  const fault = finding === null ? null : { ...finding, earliest: Math.min(finding.seq, vouched + 1) };
  return { events: fault === null ? at.seq : Math.min(at.seq, fault.seq - 1), checkpoints: accepted.length, refused, fault };
}

async function walk(
  reads: LogReads,
  start: Place,
  judge: (event: StoredEvent) => Finding | null,
): Promise<{ at: Place; found: Finding | null }> {
  let trail = [start];
  let at: Place = start;
  for (;;) {
    const page = await readPage(reads, at.seq);
    for (const event of page.events) {
      const found = brokenLink(at, event, trail) ?? judge(event);
      if (found !== null) return { at, found };
      at = { seq: event.seq, hash: event.hash };
      trail.push(at);
    }
    trail = trail.slice(-PAGE);
    if (page.unreadable !== null) return { at, found: page.unreadable };
    if (page.events.length > 0) continue;
    const end = page.scannedTo > at.seq ? missing(at.seq + 1, `the log ends at ${at.seq}, its head says ${page.scannedTo}`) : null;
    const found = end ?? (await wrongHead(reads, at));
    if (found !== 'GROWN') return { at, found };
  }
}

interface ReadPage {
  readonly events: readonly StoredEvent[];
  readonly scannedTo: number;
  readonly unreadable: Finding | null;
}

/** A page; up to the first row whose JSON is broken, where there is one. */
async function readPage(reads: LogReads, after: number): Promise<ReadPage> {
  const page = await unlessUnreadable(() => reads.events({}, after, PAGE));
  if (page !== 'UNREADABLE') return { ...page, unreadable: null };
  const events: StoredEvent[] = [];
  for (let seq = after + 1; ; seq++) {
    const event = await unlessUnreadable(() => reads.event(seq));
    if (event === null) return { events, scannedTo: seq, unreadable: missing(seq, `event ${seq} is missing`) };
    if (event === 'UNREADABLE') {
      return { events, scannedTo: seq, unreadable: findingAt('UNREADABLE', seq, `the data of event ${seq} is no JSON any more`) };
    }
    events.push(event);
  }
}

async function unlessUnreadable<T>(read: () => Promise<T>): Promise<T | 'UNREADABLE'> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SyntaxError) return 'UNREADABLE';
    throw error;
  }
}

/** What is wrong with the event that stands after `at`; `trail`: the places before it, the newest last. */
function brokenLink(at: Place, event: StoredEvent, trail: readonly Place[]): Finding | null {
  const { seq, hash } = event;
  if (seq !== at.seq + 1) return missing(at.seq + 1, `event ${at.seq + 1} is missing; ${seq} follows`);
  if (hash === computedHash(at.hash, event)) return null;
  // A hash names what the event followed and its number when it was written: that shows what was put in between.
  const origin = trail.findLast((place) => hash === computedHash(place.hash, { ...event, seq: place.seq + 1 }));
  if (origin !== undefined) {
    const detail = `what stands as event ${seq} was written as event ${origin.seq + 1}: others were put in before it`;
    return findingAt('INSERTED', origin.seq + 1, detail);
  }
  return findingAt('CHANGED', seq, `event ${seq} is not what was written after event ${at.seq}: its hash does not fit`);
}

/** Null for content that has no canonical form, such as 1e999: nothing of the kind was ever written. */
function computedHash(previous: string, event: StoredEvent): string | null {
  try {
    return eventHash(previous, event);
  } catch {
    return null;
  }
}

/** Holds the end against the head. Events that were written meanwhile are to be walked first. */
async function wrongHead(reads: LogReads, at: Place): Promise<Finding | null | 'GROWN'> {
  const head = await reads.head();
  if (head.seq > at.seq) return 'GROWN';
  if (head.seq < at.seq || head.hash !== at.hash) {
    return findingAt('HEAD', Math.max(1, at.seq), `the head of the log is not that of event ${at.seq}, which is the last`);
  }
  if ((await unlessUnreadable(() => reads.event(at.seq + 1))) === null) return null;
  if ((await reads.head()).seq > at.seq) return 'GROWN';
  return findingAt('HEAD', at.seq + 1, `the head of the log says that ${at.seq} is the last event, but there are later ones`);
}

function contradiction(at: Place, checkpoints: readonly Checkpoint[]): Finding | null {
  const other = checkpoints.find((c) => c.seq === at.seq && c.hash !== at.hash);
  if (other === undefined) return null;
  const what = `the checkpoint of ${new Date(other.at).toISOString()} knows event ${at.seq} with another hash`;
  return findingAt('REWRITTEN', Math.max(1, at.seq), `${what}: the log was changed and its hashes computed anew`);
}

function cutOff(seq: number, checkpoints: readonly Checkpoint[]): Finding | null {
  const later = checkpoints.find((c) => c.seq > seq);
  if (later === undefined) return null;
  const when = new Date(later.at).toISOString();
  return findingAt('TRUNCATED', seq + 1, `the log ends at ${seq}, the checkpoint of ${when} knows event ${later.seq}: its end was cut off`);
}

function missing(seq: number, detail: string): Finding {
  return findingAt('MISSING', seq, detail);
}

function findingAt(kind: LogFaultKind, seq: number, detail: string): Finding {
  return { kind, seq, detail };
}
