import { formatCursor, parseCursor } from '../domain/cursor.js';
import { JuaraError } from '../domain/errors.js';
import { genesisHash } from '../domain/event.js';
import type { Feed, Store } from '../ports.js';
import { LogFollower } from './logFollower.js';
import { LogTail } from './logTail.js';

export interface RunningFeed extends Feed {
  /** Subscriptions that are open, for health reports and leak tests. */
  followers(): number;
  close(): void;
}

/** The feed over a store's log. `onError` hears of reads that failed; they are tried again at the next commit. */
export async function createFeed(store: Store, onError: (error: unknown) => void): Promise<RunningFeed> {
  const { registryId } = await store.reads.head();
  const open = new Set<LogFollower>();
  const tail = new LogTail(store, onError);
  const hashAt = async (seq: number): Promise<string | null> =>
    seq === 0 ? genesisHash(registryId) : ((tail.at(seq) ?? (await store.reads.event(seq)))?.hash ?? null);

  async function position(text: string): Promise<number> {
    if (text === '') return 0;
    const cursor = parseCursor(text);
    if (cursor.registry !== registryId) {
      throw new JuaraError('CURSOR_FOREIGN', 'the cursor comes from another registry: read the state here, then follow from now on');
    }
    if (cursor.seq > tail.end) await refuseAhead(cursor.seq);
    if (!(await hashAt(cursor.seq))?.startsWith(cursor.mark)) {
      throw new JuaraError('CURSOR_FOREIGN', `event ${cursor.seq} of this log is not the one that the cursor saw: read the state anew`);
    }
    return cursor.seq;
  }

  /** The tail may be behind what other processes have appended: the log itself is asked. */
  async function refuseAhead(seq: number): Promise<void> {
    const head = await store.reads.head();
    if (seq <= head.seq) return;
    const gap = `the cursor stands at event ${seq}, the log ends at ${head.seq}`;
    throw new JuaraError('CURSOR_AHEAD', `${gap}: an older backup was restored; read the state anew`, { head: head.seq });
  }

  async function follow(...[filter, after]: Parameters<Feed['follow']>): ReturnType<Feed['follow']> {
    const now = async (): Promise<number> => (await store.reads.head()).seq;
    if (!tail.isOpen) tail.open(await now());
    const from = after === null ? await now() : await position(after);
    const follower: LogFollower = new LogFollower(store.reads, tail, filter, from, () => open.delete(follower));
    open.add(follower);
    return follower;
  }

  async function cursorAt(seq: number): Promise<string> {
    const hash = await hashAt(seq);
    if (hash === null) throw new JuaraError('CURSOR_AHEAD', `the log has no event ${seq}`);
    return formatCursor(registryId, seq, hash);
  }

  async function close(): Promise<void> {
    for (const follower of [...open]) await follower.return();
    tail.close();
  }

  return {
    follow,
    position,
    cursorAt,
    cursor: ({ seq, hash }) => Promise.resolve(formatCursor(registryId, seq, hash)),
    followers: () => open.size,
    close: () => void close(),
  };
}
