import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from '../median.js';

const BIN = fileURLToPath(new URL('../../../bundle/bin.js', import.meta.url));
const IDLE_MS = 3_000;

/** From the start of the process to the ready line, and what it holds when it has been idle: medians of `rounds` starts on fresh homes. */
export async function startUp(rounds: number): Promise<{ readyMs: number; residentMb: number }> {
  const ready: number[] = [];
  const resident: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const home = await mkdtemp(join(tmpdir(), 'juara-bench-'));
    const start = performance.now();
    const child = spawn(process.execPath, [BIN, 'serve', '--home', home, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    ready.push(performance.now() - start);
    await delay(IDLE_MS);
    const pages = Number((await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ')[1]);
    resident.push((pages * 4096) / 1e6);
    child.kill();
    await once(child, 'exit');
    await rm(home, { recursive: true });
  }
  return { readyMs: median(ready), residentMb: median(resident) };
}
