import type { Command } from 'commander';
import { chooseModel, splitModel } from '../chooseModel.js';
import { type Cli, leaf } from '../leaf.js';

export function addNominate(program: Command, cli: Cli): void {
  const command = program
    .command('nominate')
    .description('make an archived or rejected version a challenger again')
    .argument('[args...]')
    .usage('[options] [model] <version>')
    .option('--reason <text>');
  leaf<{ reason?: string }>(cli, command, async (session, args, { reason }) => {
    const { model: named, rest } = splitModel(args, ['version']);
    const client = await session.client();
    const model = await chooseModel(client, named);
    const version = await client.nominate({ model, version: rest[0] ?? '', ...(reason === undefined ? {} : { reason }) });
    if (session.json) return void (await session.data(version));
    await session.line(`${version.modelId} is ${version.status.toLowerCase()}`);
  });
}
