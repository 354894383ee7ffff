import { AsyncLocalStorage } from 'node:async_hooks';
import type { StoredEvent } from '../domain/event.js';
import type { Store, Tx } from '../ports.js';
import type { CommitSignal } from './commitSignal.js';
import type { Database } from './database.js';
import { notifyAppended } from './eventWrites.js';
import { createReads } from './reads.js';
import { rememberedTokens } from './rememberedTokens.js';
import { storageError } from './storageError.js';
import { createTx } from './tx.js';

/** `refuseNested`: a transaction that is asked for inside of another is an error at once, where it would wait for ever. */
export function createStore(database: Database, signal: CommitSignal, refuseNested: boolean): Store {
  const reads = createReads(database.reads);
  // Elsewhere other processes change tokens too, and are heard of too late.
  const tokens = database.reads.dialect === 'sqlite' ? rememberedTokens(reads) : null;
  const inside = refuseNested ? new AsyncLocalStorage<{ over: boolean }>() : null;
  const inTransaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    // It would wait in the queue for the transaction that waits for it.
    if (inside?.getStore()?.over === false) throw new Error('inTransaction was called inside a transaction: use the tx that is there');
    const mark = { over: false };
    let events: StoredEvent[] = [];
    try {
      const result = await database.transaction(async (session) => {
        events = [];
        const tx = createTx(session, (event) => void events.push(event));
        const done = await (inside === null ? work(tx) : inside.run(mark, () => work(tx)));
        const last = events.at(-1);
        if (last !== undefined) await notifyAppended(session, last.seq);
        return done;
      });
      mark.over = true;
      const last = events.at(-1);
      if (events.some(({ type }) => type.startsWith('TOKEN_'))) tokens?.forget();
      if (last !== undefined) signal.announce({ seq: last.seq, events });
      return result;
    } catch (error) {
      throw storageError(error);
    } finally {
      mark.over = true;
    }
  };
  return {
    reads: { ...reads, ...(tokens === null ? {} : { tokenByHash: tokens.tokenByHash }) },
    inTransaction,
    onCommit: (listener) => signal.subscribe(listener),
  };
}
