import type { Checkpoint } from './checkpoint.js';
import type { Connection } from './connection.js';
import { follows, genesisHash, type LogPage, logEntries } from './logChain.js';
import { logIncomplete, logRewritten } from './logErrors.js';
import { type LogGuard, orRewritten, type Standing } from './logGuard.js';

export interface VerifyLogOptions {
  /** True: from the first event on, also where a checkpoint is remembered. */
  readonly whole?: boolean;
}

/** The events from `from` to `to` are as they were written; none where `from` is greater. */
export interface VerifiedLog {
  readonly from: number;
  readonly to: number;
  readonly checkpoint: Checkpoint;
}

export interface LogCalls {
  /**
   * Computes the hash of every event since the remembered checkpoint (of the whole log where none is), up to one that the registry
   * signs now, and remembers that. Throws LOG_REWRITTEN, LOG_TRUNCATED, LOG_INCOMPLETE, CHECKPOINT_FORGED; docs/log.md says what each
   * shows. It needs a token that may see all models.
   */
  verifyLog(options?: VerifyLogOptions): Promise<VerifiedLog>;
}

const PAGE = 500;

export function logCalls(connection: Pick<Connection, 'query'>, guard: LogGuard): LogCalls {
  return {
    verifyLog: async ({ whole = false } = {}) => {
      let from = 1;
      const checkpoint = await guard.checkWith(async (standing) => {
        const since = whole ? null : standing.remembered;
        from = (since?.seq ?? 0) + 1;
        await walk(connection, since, standing);
      });
      return { from, to: checkpoint.seq, checkpoint };
    },
  };
}

/** From `since`, or from the first event, to the end of the log as `now` says it is. */
async function walk(connection: Pick<Connection, 'query'>, since: Checkpoint | null, { now, remembered }: Standing): Promise<void> {
  let { seq, hash, cursor } = since ?? { seq: 0, hash: genesisHash(now.registry), cursor: '' };
  const known = [remembered, now].filter((checkpoint) => checkpoint !== null);
  requireKnown(seq, hash, known);
  while (seq < now.seq) {
    const read = (): Promise<LogPage> => logEntries(connection, cursor, Math.min(PAGE, now.seq - seq));
    const page = await (since === null ? read() : orRewritten(since, read));
    if (page.nodes.length === 0) throw logIncomplete(seq + 1);
    for (const entry of page.nodes) {
      if (entry.seq !== seq + 1) throw logIncomplete(seq + 1);
      if (!follows(hash, entry)) throw logRewritten(entry.seq, `event ${entry.seq} does not follow from event ${seq}`, remembered);
      ({ seq, hash } = entry);
      requireKnown(seq, hash, known);
    }
    cursor = page.endCursor;
  }
}

function requireKnown(seq: number, hash: string, known: readonly Checkpoint[]): void {
  const other = known.find((checkpoint) => checkpoint.seq === seq && checkpoint.hash !== hash);
  if (other === undefined) return;
  throw logRewritten(seq, `event ${seq} has another hash than the checkpoint of ${other.at} says`, other);
}
