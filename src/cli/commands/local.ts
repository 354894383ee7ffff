import type { Command } from 'commander';
import { collect, whole } from '../collect.js';
import { type Cli, settle } from '../leaf.js';
import type { DemoOptions, LocalCommands, ServeOptions, VerifyOptions } from '../localCommands.js';

interface HomeOptions {
  readonly home?: string;
  readonly json?: boolean;
}

interface VerifyFlags extends HomeOptions {
  readonly logOnly?: boolean;
  readonly checkpoint?: readonly string[];
  readonly publicKey?: string;
}

/** The commands that the composition root brings along: they work on this machine's registry, not through the API. */
export function addLocal(program: Command, cli: Cli, local: LocalCommands): void {
  program
    .command('serve')
    .description('run the registry; the settings are those that `juara config` lists')
    .option('--home <folder>', 'overrides JUARA_HOME')
    .option('--host <address>', 'overrides JUARA_HOST')
    .option('--port <n>', 'overrides JUARA_PORT; 0: any free one', whole)
    .action((options: ServeOptions) => settle(cli, () => local.serve(options)));
  program
    .command('demo')
    .description('run the example in a fresh home, with models to promote and roll back')
    .option('--home <folder>', 'where; a temporary folder where it is left out')
    .option('--port <n>', '0: any free one', whole)
    .action((options: DemoOptions) => settle(cli, () => local.demo(options)));
  program
    .command('config')
    .description('every setting, its meaning and its value now')
    .action(() => settle(cli, () => local.config()));
  program
    .command('verify')
    .description('hash every stored byte again, and the log; 1: something is not as it was written')
    .option('--home <folder>', 'overrides JUARA_HOME')
    .option('--checkpoint <file>', 'hold the log against the checkpoints in it (JSON, or JSON lines); may be repeated', collect)
    .option('--public-key <base64>', "the registry's key, where the home is not at hand; else that of JUARA_HOME/keys")
    .option('--log-only', 'leave the files out')
    .option('--json', 'answer with JSON')
    .action((flags: VerifyFlags) => settle(cli, () => local.verify(verifyOptions(flags))));
  program
    .command('rebuild')
    .description('make a new database from the folders alone')
    .option('--home <folder>', 'overrides JUARA_HOME')
    .option('--json', 'answer with JSON')
    .action(({ home, json = false }: HomeOptions) => settle(cli, () => local.rebuild({ json, ...(home === undefined ? {} : { home }) })));
}

function verifyOptions({ home, json = false, logOnly = false, checkpoint = [], publicKey }: VerifyFlags): VerifyOptions {
  return {
    json,
    logOnly,
    checkpoints: checkpoint,
    ...(home === undefined ? {} : { home }),
    ...(publicKey === undefined ? {} : { publicKey }),
  };
}
