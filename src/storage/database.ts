import type { Session } from './session.js';

/** What differs between the two databases. */
export interface Database {
  /** Sees committed state only. */
  readonly reads: Session;
  /** All or nothing; the work may be run again where the database asks for it. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Waits for what runs; afterwards nothing works any more. */
  close(): Promise<void>;
}

/** Called at named steps; test builds stop the process there. */
export type Failpoint = (name: string) => void;
