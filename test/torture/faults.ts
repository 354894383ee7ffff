import type { CuttingProxy } from './cuttingProxy.js';
import type { Lives } from './lives.js';
import { pause, type Seeded } from './seeded.js';

/** Kills the running server at random moments, now and then while it starts again, until it has been killed that often. */
export async function killAgainAndAgain(lives: Lives, upTo: number, random: Seeded): Promise<void> {
  while (lives.kills < upTo) {
    // Mostly short lives, so that much happens right after a start; now and then a longer one, in which a log grows.
    await pause(random.chance(0.1) ? random.real(1_000, 3_000) : random.real(100, 1_200));
    await lives.kill();
    while (lives.kills < upTo && random.chance(0.2)) await lives.beginAndKill(random.real(0, 600));
    await lives.begin();
  }
}

/** Breaks connections until the signal fires. */
export async function cutConnections(proxy: CuttingProxy, random: Seeded, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(random.real(20, 250));
    await proxy.cut(random);
  }
}
