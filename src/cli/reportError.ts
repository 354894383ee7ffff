import type { CliIo } from './cliIo.js';
import { EXIT, type ExitCode, exitCodeOf } from './exitCode.js';
import { printable } from './printable.js';

/** One line on standard error, `juara: CODE: message`, and the exit code that goes with it. */
export function reportError(io: CliIo, error: unknown): ExitCode {
  // `juara list | head`: the reader has gone, and that is no fault.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return EXIT.OK;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERROR';
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`juara: ${printable(code)}: ${printable(message)}\n`);
  return exitCodeOf(code);
}
