import { Worker } from 'node:worker_threads';

/** How long an orphan may live on, in milliseconds. */
const INTERVAL_MS = 1000;

/**
 * For a child that no time limit ends: it goes as soon as its parent has gone, however that went. 'disconnect' tells of it where the main
 * thread listens; within native code it does not, so a thread of its own looks who the parent is (POSIX gives orphans another one).
 * It takes 10 MB.
 */
export function endWithParent(parent: number): void {
  process.once('disconnect', () => process.exit());
  const watch = `setInterval(() => process.ppid === ${parent} || process.kill(process.pid, 'SIGKILL'), ${INTERVAL_MS})`;
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  new Worker(watch, { eval: true, env: {}, resourceLimits }).unref();
}
