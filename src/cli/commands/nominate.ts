import type { Command } from 'commander';
import { chooseModel, splitVersion } from '../chooseModel.js';
import { type Cli, leaf } from '../leaf.js';

export function addNominate(program: Command, cli: Cli): void {
  const command = program
    .command('nominate')
    .description('make an archived or rejected version a challenger again')
    .argument('[args...]')
    .usage('[options] [model] <version>')
    .option('--version <version>', 'the same as the argument')
    .option('--reason <text>');
  leaf<{ version?: string; reason?: string }>(cli, command, async (session, args, { reason, ...options }) => {
    const { model: named, version } = splitVersion(args, options.version);
    const client = await session.client();
    const model = await chooseModel(client, named);
    const nominated = await client.nominate({ model, version, ...(reason === undefined ? {} : { reason }) });
    if (session.json) return void (await session.data(nominated));
    await session.line(`${nominated.modelId} is ${nominated.status.toLowerCase()}`);
  });
}
