import { CHECKPOINT_FIELDS, type Checkpoint, checkpointHolds } from './checkpoint.js';
import { type CheckpointStore, checkpointsInMemory } from './checkpointStore.js';
import type { Connection } from './connection.js';
import { JuaraClientError } from './JuaraClientError.js';
import { follows, logEntries } from './logChain.js';
import { checkpointForged, logRewritten, logTruncated } from './logErrors.js';
import { operation } from './operation.js';

export interface GuardOptions {
  /** Where the last checkpoint is kept; in memory where it is left out. */
  readonly checkpoints?: CheckpointStore;
  /** The registry's key as checkpoints name it (Ed25519, SPKI DER, base64); left out: the first one that is seen is trusted. */
  readonly publicKey?: string;
}

/** The log as it is now, and as it was when it was last looked at. */
export interface Standing {
  readonly now: Checkpoint;
  readonly remembered: Checkpoint | null;
}

/** Remembers the last checkpoint and holds the log against it. */
export interface LogGuard {
  /**
   * Resolves to the log as it stands, signed, once it was found to go on from what is remembered, and remembers it. Throws LOG_TRUNCATED,
   * LOG_REWRITTEN, CHECKPOINT_FORGED, and what a query throws.
   */
  check(): Promise<Checkpoint>;
  /** As `check`, with a look at more than the first event after what is remembered; remembers only what `work` has not refused. */
  checkWith(work: (standing: Standing) => Promise<void>): Promise<Checkpoint>;
  /** Remembers a checkpoint that came with an answer, if the log goes on from the one remembered. The answer stands: never throws. */
  note(checkpoint: Checkpoint | null): Promise<void>;
}

const CHECKPOINT = operation<{ checkpoint: Checkpoint }, Record<string, never>>(`query Checkpoint { checkpoint { ${CHECKPOINT_FIELDS} } }`);

export function logGuard(connection: Pick<Connection, 'query'>, options: GuardOptions): LogGuard {
  const store = options.checkpoints ?? checkpointsInMemory();
  let queue: Promise<unknown> = Promise.resolve();
  // One after the other: what is loaded must still be what is remembered when the next one is saved.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  const load = async (): Promise<Checkpoint | null> => {
    const remembered = await store.load();
    if (remembered !== null && !checkpointHolds(remembered)) {
      const why = 'the remembered checkpoint is not as it was saved, its signature does not fit what it says';
      throw checkpointForged(`${why}: find out who changed it; once it is forgotten the next one begins anew`, remembered);
    }
    return remembered;
  };
  const advance = async ({ now, remembered }: Standing, work: (standing: Standing) => Promise<void>): Promise<void> => {
    requireKey(now, options.publicKey ?? remembered?.publicKey);
    if (remembered !== null) compare(remembered, now);
    await work({ now, remembered });
    if (now.seq !== remembered?.seq || now.publicKey !== remembered.publicKey) await store.save(now);
  };
  const linked = (standing: Standing): Promise<void> => requireLink(connection, standing);
  const ask = async (): Promise<Checkpoint> => (await inTime(connection.query(CHECKPOINT))).checkpoint;
  const checkWith: LogGuard['checkWith'] = (work) =>
    inTurn(async () => {
      // What is remembered comes first: another process may save a later one than this answer meanwhile.
      const remembered = await load();
      const now = await ask();
      await advance({ now, remembered }, work);
      return now;
    });
  return {
    checkWith,
    check: () => checkWith(linked),
    async note(now) {
      if (now === null) return;
      await inTurn(async () => {
        const remembered = await load();
        if (remembered === null || now.seq > remembered.seq) await advance({ now, remembered }, linked);
      }).catch(() => undefined);
    },
  };
}

function requireKey(now: Checkpoint, trusted: string | undefined): void {
  if (!checkpointHolds(now)) {
    const why = 'the checkpoint that the server gave is not signed with the key that it names';
    throw checkpointForged(`${why}: look at the address, and at what stands between here and the server`, now);
  }
  if (trusted === undefined || now.publicKey === trusted) return;
  const advice = 'if the key was replaced on purpose, forget the remembered checkpoint, or name the new key';
  throw checkpointForged(`the checkpoint is signed with another key (${now.publicKey}) than the registry’s (${trusted}): ${advice}`, now);
}

function compare(remembered: Checkpoint, now: Checkpoint): void {
  if (now.seq < remembered.seq) throw logTruncated(remembered, now.seq);
  if (now.seq === remembered.seq && now.hash !== remembered.hash) {
    throw logRewritten(now.seq, `event ${now.seq} had another hash at ${remembered.at} than it has now`, remembered);
  }
}

/**
 * The event right after the remembered one names it by its hash, which no other history can match. A token that may not see that event
 * has the server's word alone, which compares the cursor with the log.
 */
async function requireLink(connection: Pick<Connection, 'query'>, { now, remembered }: Standing): Promise<void> {
  if (remembered === null || now.seq === remembered.seq) return;
  const [next] = (await orRewritten(remembered, () => inTime(logEntries(connection, remembered.cursor, 1)))).nodes;
  if (next !== undefined && next.seq === remembered.seq + 1 && !follows(remembered.hash, next)) {
    throw logRewritten(next.seq, `event ${next.seq} does not follow from what event ${remembered.seq} was at ${remembered.at}`, remembered);
  }
}

/** A cursor that the log does not know any more says the same as a checkpoint. */
export async function orRewritten<T>(remembered: Checkpoint, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof JuaraClientError ? error.code : '';
    if (code === 'CURSOR_AHEAD') throw logTruncated(remembered, null);
    if (code !== 'CURSOR_FOREIGN') throw error;
    throw logRewritten(remembered.seq, `event ${remembered.seq} is not the one that it was at ${remembered.at}`, remembered);
  }
}

const ANSWER_WITHIN_MS = 10_000;

/** A server that takes the question and never answers must not hold up a reconnection for minutes. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new JuaraClientError('UNREACHABLE', `no answer about the log within ${ANSWER_WITHIN_MS / 1000} s`);
    timer = setTimeout(() => reject(error), ANSWER_WITHIN_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
