import { CommanderError } from 'commander';
import type { CliIo } from './cliIo.js';
import { createProgram } from './createProgram.js';
import { EXIT } from './exitCode.js';
import type { LocalCommands } from './localCommands.js';
import { reportError } from './reportError.js';

/** Runs one command line (without `node` and the script's name) to its exit code. */
export async function runCli(args: readonly string[], io: CliIo, local: LocalCommands): Promise<number> {
  let code: number = EXIT.OK;
  const program = createProgram(io, local, (given) => {
    code = given;
  });
  program.exitOverride();
  for (const command of [...program.commands, ...program.commands.flatMap((c) => c.commands)]) command.exitOverride();
  // A reader that has gone (`juara watch | head`) is told by the write; without a listener it would end the process with a stack.
  io.stdout.on('error', () => {});
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Help and version are asked for and end with 0; everything else that commander throws is wrong usage, and already told.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
    return reportError(io, error);
  }
}
