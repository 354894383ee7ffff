import { readFile } from 'node:fs/promises';

/** Between two looks a process can touch some tens of megabytes; RLIMIT_DATA holds meanwhile. */
const INTERVAL_MS = 50;

/** Resident memory of a process in KiB; null where it is gone, or where the system has no /proc. */
export async function residentKb(pid: number): Promise<number | null> {
  // `status` rather than `statm`: it speaks of kB, statm of pages whose size differs between machines.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const match = /^VmRSS:\s*(\d+) kB$/m.exec(status);
  return match === null ? null : Number(match[1]);
}

/** Calls `exceeded` once, as soon as the process is seen to hold more than `memoryMb` MiB. Returns the stop. */
export function watchResidentMemory(pid: number | undefined, memoryMb: number, exceeded: () => void): () => void {
  if (pid === undefined) return () => undefined;
  let stopped = false;
  const timer = setInterval(async () => {
    const kb = await residentKb(pid);
    if (stopped || kb === null || kb <= memoryMb * 1024) return;
    stop();
    exceeded();
  }, INTERVAL_MS);
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  return stop;
}
