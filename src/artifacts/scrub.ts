import { setTimeout as delay } from 'node:timers/promises';
import type { BlobStore, Reads } from '../ports.js';
import { versionPages } from './registryState.js';

export interface ScrubOptions {
  readonly reads: Pick<Reads, 'champions' | 'versionSweep' | 'benchmarkPage'>;
  readonly blobs: Pick<BlobStore, 'verify' | 'check' | 'damaged'>;
  /** Pause between two rounds over everything, in milliseconds; null: only the champions' files, once. */
  readonly pauseMs: number | null;
  readonly onError: (error: unknown) => void;
}

/** After each file it rests so many times as long as the reading took: a tenth of a disk's time at most. */
const RESTS = 9;
/** How often files that were found damaged are looked at again, so that a restored one counts as sound soon. Costs a stat each. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Looks for damage before somebody runs into it: the champions' files first, then, round after round, those of every version and
 * benchmark. What it finds stands in blobs.damaged().
 */
export function startScrubbing(options: ScrubOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loops = [rounds(options, stopping.signal), lookAgain(options, stopping.signal)];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function rounds({ reads, blobs, pauseMs, onError }: ScrubOptions, signal: AbortSignal): Promise<void> {
  const round = async (digests: AsyncIterable<string>): Promise<void> => {
    const seen = new Set<string>();
    for await (const sha256 of digests) {
      if (signal.aborted) return;
      if (!seen.has(sha256)) await readOnce(blobs, sha256, signal, onError);
      seen.add(sha256);
    }
  };
  await round(championFiles(reads)).catch(onError);
  while (pauseMs !== null && !signal.aborted) {
    await round(everyFile(reads)).catch(onError);
    await rest(pauseMs, signal);
  }
}

async function readOnce(
  blobs: ScrubOptions['blobs'],
  sha256: string,
  signal: AbortSignal,
  onError: ScrubOptions['onError'],
): Promise<void> {
  const start = performance.now();
  const known = new Set(blobs.damaged().map((d) => d.sha256));
  // It stands among the damaged, whether it was told by an answer or by an error; any other error ends the round.
  await blobs.verify(sha256).catch((error: unknown) => {
    if (!blobs.damaged().some((d) => d.sha256 === sha256)) throw error;
  });
  const found = blobs.damaged().find((d) => d.sha256 === sha256);
  if (found !== undefined && !known.has(sha256)) onError(new Error(`artifact ${sha256} is ${found.state}: ${found.detail}`));
  await rest(RESTS * (performance.now() - start), signal);
}

async function lookAgain({ blobs }: ScrubOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rest(LOOK_AGAIN_MS, signal);
    // A disk that refuses is said by the rounds.
    for (const { sha256 } of blobs.damaged()) if (!signal.aborted) await blobs.check(sha256).catch(() => undefined);
  }
}

/** setTimeout takes 2^31 - 1 milliseconds at most, which is 24 days. */
const LONGEST_REST = 2 ** 31 - 1;

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return delay(Math.min(ms, LONGEST_REST), undefined, { signal, ref: false }).catch(() => undefined);
}

async function* championFiles(reads: ScrubOptions['reads']): AsyncGenerator<string> {
  for (const { files } of await reads.champions(null)) for (const { sha256 } of files) yield sha256;
}

async function* everyFile(reads: ScrubOptions['reads']): AsyncGenerator<string> {
  for await (const page of versionPages(reads, null)) for (const { files } of page) for (const { sha256 } of files) yield sha256;
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<Reads['benchmarkPage']>> = await reads.benchmarkPage({ first: 200, after });
    for (const { sha256 } of page.nodes) yield sha256;
    after = page.cursors.at(-1) ?? null;
    if (!page.hasNextPage || after === null) return;
  }
}
