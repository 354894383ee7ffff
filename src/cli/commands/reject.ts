import type { Command } from 'commander';
import { chooseModel, splitVersion } from '../chooseModel.js';
import { type Cli, leaf } from '../leaf.js';

export function addReject(program: Command, cli: Cli): void {
  const command = program
    .command('reject')
    .description('turn a challenger down; its training events return to the pool')
    .argument('[args...]')
    .usage('[options] [model] <version> --reason <text>')
    .option('--version <version>', 'the same as the argument')
    .requiredOption('--reason <text>', 'kept for ever');
  leaf<{ version?: string; reason: string }>(cli, command, async (session, args, { reason, ...options }) => {
    const { model: named, version } = splitVersion(args, options.version);
    const client = await session.client();
    const rejected = await client.reject({ model: await chooseModel(client, named), version, reason });
    if (session.json) return void (await session.data(rejected));
    await session.line(`${rejected.modelId} is ${rejected.status.toLowerCase()}`);
  });
}
