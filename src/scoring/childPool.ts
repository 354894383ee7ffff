import type { Serializable } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { type CappedChild, type ChildEnd, startCappedChild } from './cappedChild.js';

export interface ChildPoolOptions {
  /** What it is to people, e.g. inspector. */
  readonly name: string;
  /** The built entry of the process. */
  readonly childPath: string;
  /** Most memory that one job may take, in MiB. */
  readonly memoryMb: number;
  /** Wall-clock time for one job, in milliseconds; a child takes some 200 of them to start. */
  readonly timeoutMs: number;
  /** Jobs done side by side; 2 where it is left out. Others wait. */
  readonly maxConcurrent?: number;
}

/** What a child has to do, by its arguments or by a message; either may hold what a stranger wrote. */
export interface ChildJob {
  readonly args?: readonly string[];
  readonly message?: Serializable;
}

/** Its first message, undefined where it went without one; and how it ended. */
export interface ChildAnswer {
  readonly message: unknown;
  readonly end: ChildEnd;
  readonly lastWords: string;
}

/** A process of its own for each job, which dies with it. `close` kills what runs and refuses what waits. */
export interface ChildPool {
  run(job: ChildJob): Promise<ChildAnswer>;
  close(): Promise<void>;
}

export function createChildPool({ name, childPath, memoryMb, timeoutMs, maxConcurrent = 2 }: ChildPoolOptions): ChildPool {
  const queue = new PQueue({ concurrency: maxConcurrent });
  const running = new Set<CappedChild>();
  const emptyFolder = mkdtempSync(join(tmpdir(), `juara-${name}-`));
  let closed = false;

  async function run({ args = [], message }: ChildJob): Promise<ChildAnswer> {
    if (closed) throw new Error(`the ${name} is closed`);
    const messages: unknown[] = [];
    const child = startCappedChild({
      script: childPath,
      args,
      cwd: emptyFolder,
      memoryMb,
      timeoutMs,
      onMessage: (answer) => {
        messages.push(answer);
        child.stop();
      },
    });
    running.add(child);
    if (message !== undefined) child.send(message);
    const end = await child.ended;
    running.delete(child);
    return { message: messages[0], end, lastWords: child.lastWords() };
  }

  return {
    run: (job) => queue.add(() => run(job), { throwOnTimeout: true }),
    async close() {
      closed = true;
      for (const child of running) child.stop();
      await queue.onIdle();
      await rm(emptyFolder, { recursive: true, force: true });
    },
  };
}
