import { EVENT_TYPES } from '../../src/domain/event.js';
import type { ReaderLog } from './readerLog.js';
import type { LineFilter } from './records.js';
import type { Seeded } from './seeded.js';
import type { Shared } from './shared.js';

export interface ReaderParts {
  readonly log: ReaderLog;
  readonly shared: Shared;
  readonly models: readonly string[];
  readonly random: Seeded;
}

/** Follows the log in one way or another, until it is told to stop. */
export interface Reader {
  run(): Promise<void>;
  /** No new stream is begun from here on: the one that there is goes on to the end of the log. */
  settle(): void;
  /** True where it has everything up to the log's end. `last`: seq of the last event of the whole log that a filter lets through. */
  caughtUp(end: number, last: (filter: LineFilter) => number): boolean;
  /** Resolves when its file is written. */
  stop(): Promise<void>;
}

/** Any filter: half of them everything, the others one model, some types, or both. */
export function randomFilter(models: readonly string[], random: Seeded): LineFilter {
  if (random.chance(0.4)) return {};
  const model = random.chance(0.5) ? random.pick(models) : undefined;
  const types = EVENT_TYPES.filter(() => random.chance(0.3));
  const typed = random.chance(0.6) && types.length > 0;
  return { ...(model === undefined ? {} : { model }), ...(typed ? { types } : {}) };
}

/** From the first event (seldom: it is the whole log), from any cursor of before, or (null) from now on. */
export function randomStart(shared: Shared, random: Seeded): string | null {
  const way = random.real(0, 1);
  if (way < 0.02) return '';
  return way < 0.3 ? null : shared.oldCursor(random);
}
