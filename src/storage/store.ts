import { AsyncLocalStorage } from 'node:async_hooks';
import type { Store, Tx } from '../ports.js';
import type { CommitSignal } from './commitSignal.js';
import type { Database } from './database.js';
import { notifyAppended } from './eventWrites.js';
import { createReads } from './reads.js';
import { storageError } from './storageError.js';
import { createTx } from './tx.js';

export function createStore(database: Database, signal: CommitSignal): Store {
  const inside = new AsyncLocalStorage<{ over: boolean }>();
  const inTransaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    // It would wait in the queue for the transaction that waits for it.
    if (inside.getStore()?.over === false) throw new Error('inTransaction was called inside a transaction: use the tx that is there');
    const mark = { over: false };
    let appended = 0;
    try {
      const result = await database.transaction(async (session) => {
        appended = 0;
        const tx = createTx(session, (seq) => {
          appended = seq;
        });
        const done = await inside.run(mark, () => work(tx));
        if (appended > 0) await notifyAppended(session, appended);
        return done;
      });
      mark.over = true;
      if (appended > 0) signal.announce(appended);
      return result;
    } catch (error) {
      throw storageError(error);
    } finally {
      mark.over = true;
    }
  };
  return { reads: createReads(database.reads), inTransaction, onCommit: (listener) => signal.subscribe(listener) };
}
