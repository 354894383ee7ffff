import type { OnProgress } from './client.js';
import type { CliIo } from './cliIo.js';
import { bytes } from './format.js';
import { printable } from './printable.js';

export interface UploadBar {
  readonly onProgress: OnProgress;
  stop(): void;
}

/** A bar on standard error for each file, where a person watches; nothing elsewhere. */
export async function uploadBar(io: CliIo): Promise<UploadBar> {
  if (!io.isTTY) return { onProgress: () => {}, stop: () => {} };
  const { SingleBar, Presets } = await import('cli-progress');
  const format = '{phase} {name} [{bar}] {percentage}% of {size}';
  const bar = new SingleBar({ format, stream: io.stderr, hideCursor: true, etaBuffer: 50 }, Presets.legacy);
  let current: string | null = null;
  return {
    onProgress: ({ name, phase, done, total }) => {
      const payload = { name: printable(name), phase: phase.toLowerCase().padEnd(7), size: bytes(total) };
      if (current === null) bar.start(Math.max(total, 1), done, payload);
      else bar.update(done, payload);
      current = name;
      if (phase === 'SENT' || phase === 'PRESENT') {
        bar.update(Math.max(total, 1), payload);
        bar.stop();
        current = null;
      }
    },
    stop: () => bar.stop(),
  };
}
