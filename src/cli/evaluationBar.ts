import type { Evaluation } from './client.js';
import type { CliIo } from './cliIo.js';

export interface EvaluationBar {
  readonly onProgress: (evaluation: Evaluation) => void;
  stop(): void;
}

/** A bar on standard error while samples are predicted, where a person watches; nothing elsewhere. */
export async function evaluationBar(io: CliIo, what: string): Promise<EvaluationBar> {
  if (!io.isTTY) return { onProgress: () => {}, stop: () => {} };
  const { SingleBar, Presets } = await import('cli-progress');
  const format = '{status} {what} [{bar}] {percentage}%';
  const bar = new SingleBar({ format, stream: io.stderr, hideCursor: true }, Presets.legacy);
  bar.start(1, 0, { what, status: 'queued'.padEnd(9) });
  return {
    onProgress: ({ progress, status }) => bar.update(progress, { what, status: status.toLowerCase().padEnd(9) }),
    stop: () => bar.stop(),
  };
}
