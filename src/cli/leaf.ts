import type { Command } from 'commander';
import type { CliIo } from './cliIo.js';
import { EXIT, type ExitCode } from './exitCode.js';
import { reportError } from './reportError.js';
import { createSession, type GlobalOptions, type Session } from './session.js';

/** What every command is made with. */
export interface Cli {
  readonly io: CliIo;
  exit(code: number): void;
}

/** `args` as typed: the model may be missing in front. No answer is EXIT.OK. */
export type Action<Options> = (session: Session, args: readonly string[], options: Options) => Promise<ExitCode | undefined>;

/** A command that talks to the server: it takes --url, --token and --json, and its errors become a line and an exit code. */
export function leaf<Options extends object>(cli: Cli, command: Command, action: Action<Options>): Command {
  return connectionOptions(command).action(async () => {
    await settle(cli, async () => {
      const options = command.optsWithGlobals<Options & GlobalOptions>();
      return (await action(createSession(cli.io, options), command.args, options)) ?? EXIT.OK;
    });
  });
}

export function connectionOptions(command: Command): Command {
  return command
    .optionsGroup('Connection:')
    .option('--url <url>', 'the server (or JUARA_URL)')
    .option('--token <token>', 'the token; others on this machine can read it there: JUARA_TOKEN or JUARA_TOKEN_FILE are safer')
    .option('--json', 'answer with JSON')
    .optionsGroup('Options:');
}

/** Runs to the exit code, also where it fails. */
export async function settle(cli: Cli, work: () => Promise<number>): Promise<void> {
  try {
    cli.exit(await work());
  } catch (error) {
    cli.exit(reportError(cli.io, error));
  }
}
