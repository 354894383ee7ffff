import { Command } from 'commander';
import type { CliIo } from './cliIo.js';
import { addApprove } from './commands/approve.js';
import { addBenchmark } from './commands/benchmark.js';
import { addCompare } from './commands/compare.js';
import { addDecline } from './commands/decline.js';
import { addEvaluate } from './commands/evaluate.js';
import { addEvaluation } from './commands/evaluation.js';
import { addEvents } from './commands/events.js';
import { addExport } from './commands/export.js';
import { addImport } from './commands/import.js';
import { addKeygen } from './commands/keygen.js';
import { addList } from './commands/list.js';
import { addLocal } from './commands/local.js';
import { addModel } from './commands/model.js';
import { addNominate } from './commands/nominate.js';
import { addPolicy } from './commands/policy.js';
import { addPreview } from './commands/preview.js';
import { addPromote } from './commands/promote.js';
import { addRegister } from './commands/register.js';
import { addReject } from './commands/reject.js';
import { addRollback } from './commands/rollback.js';
import { addShow } from './commands/show.js';
import { addSign } from './commands/sign.js';
import { addTag } from './commands/tag.js';
import { addToken } from './commands/token.js';
import { addTraining } from './commands/training.js';
import { addUpload } from './commands/upload.js';
import { addWatch } from './commands/watch.js';
import { addWebhook } from './commands/webhook.js';
import { EXIT, EXIT_TEXTS } from './exitCode.js';
import { type Cli, connectionOptions } from './leaf.js';
import type { LocalCommands } from './localCommands.js';
import { packageVersion } from './packageVersion.js';

const REMOTE = [
  addList,
  addShow,
  addModel,
  addUpload,
  addRegister,
  addSign,
  addBenchmark,
  addEvaluate,
  addEvaluation,
  addCompare,
  addPreview,
  addPromote,
  addApprove,
  addDecline,
  addRollback,
  addReject,
  addNominate,
  addTag,
  addEvents,
  addWatch,
  addTraining,
  addPolicy,
  addToken,
  addWebhook,
  addImport,
  addExport,
];

/** The whole command line. `exit` is told the code of the command that ran; runCli is what a bin calls. */
export function createProgram(io: CliIo, local: LocalCommands, exit: Cli['exit'] = setProcessExitCode): Command {
  const cli: Cli = { io, exit };
  const program = new Command('juara')
    .description('a champion/challenger model registry, from the command line')
    .version(packageVersion(), '-V, --version', 'the version of juara')
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(text) })
    // Otherwise `rollback --version 1.0.0` would be taken for `juara --version`.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the usage)')
    .addHelpText('after', `\nThe model may be left out where the registry holds one.\n\nExit codes:\n${exitCodeHelp()}`);
  connectionOptions(program);
  program.commandsGroup('On this machine:');
  addLocal(program, cli, local);
  addKeygen(program, cli);
  program.commandsGroup('Through the API:');
  for (const add of REMOTE) add(program, cli);
  return program;
}

function setProcessExitCode(code: number): void {
  process.exitCode = code;
}

function exitCodeHelp(): string {
  const names = Object.keys(EXIT) as (keyof typeof EXIT)[];
  return names.map((name) => `  ${EXIT[name]}  ${EXIT_TEXTS[name]}`).join('\n');
}
