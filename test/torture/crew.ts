import { join } from 'node:path';
import type { FinalLog } from './finalLog.js';
import { JsonLog } from './jsonLog.js';
import { PageReader } from './pageReader.js';
import type { Reader, ReaderParts } from './reader.js';
import { ReaderLog } from './readerLog.js';
import type { WriterLine } from './records.js';
import { pause, type Seeded } from './seeded.js';
import { MODELS } from './setUp.js';
import type { Shared } from './shared.js';
import { SocketReader } from './socketReader.js';
import { WatchReader } from './watchReader.js';
import { ModelGuess } from './world.js';
import { Writer } from './writer.js';

const WRITERS = 8;
/** Twenty watchers, and four that read page by page. */
const READERS: readonly (readonly [count: number, make: (parts: ReaderParts) => Reader])[] = [
  [14, (parts) => new WatchReader(parts)],
  [6, (parts) => new SocketReader(parts)],
  [4, (parts) => new PageReader(parts)],
];
/** After this long a reader that has not come to the end of the log will not: what it lacks is lost. */
const DRAIN_WITHIN_MS = 60_000;
/** For what comes once too often. */
const LINGER_MS = 500;

export interface CrewParts {
  readonly shared: Shared;
  readonly random: Seeded;
  /** Digest of the file that every version has. */
  readonly file: string;
  /** Folder for the JSON-lines logs. */
  readonly logs: string;
}

/** Everybody who writes and reads during a run. */
export class Crew {
  private readonly writers: readonly Writer[];
  private readonly readers: readonly Reader[];
  private readonly writing: Promise<unknown>;
  /** Rejects when one of them meets what it can't explain; resolves when all have stopped. */
  readonly working: Promise<unknown>;

  constructor({ shared, random, file, logs }: CrewParts) {
    const models = MODELS.map((name) => new ModelGuess(name));
    this.writers = Array.from({ length: WRITERS }, (_, i) => {
      const log = new JsonLog<WriterLine>(join(logs, `writer-${i + 1}.jsonl`));
      return new Writer({ number: i + 1, log, shared, models, random: random.fork(), file });
    });
    this.readers = READERS.flatMap(([count, make]) => Array.from({ length: count }, () => make)).map((make, i) => {
      const log = new ReaderLog(new JsonLog(join(logs, `reader-${i + 1}.jsonl`)), shared);
      return make({ log, shared, models: MODELS, random: random.fork() });
    });
    this.writing = Promise.all(this.writers.map((writer) => writer.run()));
    this.working = Promise.all([this.writing, ...this.readers.map((reader) => reader.run())]);
  }

  get refused(): number {
    return this.writers.reduce((sum, writer) => sum + writer.refused, 0);
  }

  /** Ends the writers, each after the write that is under way. */
  async stopWriting(): Promise<void> {
    for (const writer of this.writers) writer.stop();
    await this.writing;
  }

  /** Lets the readers come to the end of the log, and ends them. */
  async drain(log: FinalLog): Promise<void> {
    for (const reader of this.readers) reader.settle();
    const last = (filter: Parameters<FinalLog['seqsMatching']>[0]): number => log.seqsMatching(filter).at(-1) ?? 0;
    const deadline = Date.now() + DRAIN_WITHIN_MS;
    while (Date.now() < deadline && !this.readers.every((reader) => reader.caughtUp(log.length, last))) await pause(50);
    await pause(LINGER_MS);
    await Promise.all(this.readers.map((reader) => reader.stop()));
  }

  /** Ends everybody where they stand, after a failure. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.stopWriting(), ...this.readers.map((reader) => reader.stop())]);
  }
}
