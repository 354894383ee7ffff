import type { Command } from 'commander';
import { chooseModel, splitModel } from '../chooseModel.js';
import { type Cli, leaf } from '../leaf.js';

export function addReject(program: Command, cli: Cli): void {
  const command = program
    .command('reject')
    .description('turn a challenger down; its training events return to the pool')
    .argument('[args...]')
    .usage('[options] [model] <version> --reason <text>')
    .requiredOption('--reason <text>', 'kept for ever');
  leaf<{ reason: string }>(cli, command, async (session, args, { reason }) => {
    const { model, rest } = splitModel(args, ['version']);
    const client = await session.client();
    const version = await client.reject({ model: await chooseModel(client, model), version: rest[0] ?? '', reason });
    if (session.json) return void (await session.data(version));
    await session.line(`${version.modelId} is ${version.status.toLowerCase()}`);
  });
}
