import type { Command } from 'commander';
import { chooseModel, splitModel } from '../chooseModel.js';
import { comparisonText } from '../comparisonText.js';
import { type Cli, leaf } from '../leaf.js';

export function addCompare(program: Command, cli: Cli): void {
  const command = program
    .command('compare')
    .description('two versions, metric by metric')
    .argument('[args...]')
    .usage('[options] [model] <base> <candidate>')
    .option('--benchmark <name>', 'compare what was measured on this benchmark');
  leaf<{ benchmark?: string }>(cli, command, async (session, args, { benchmark }) => {
    const { model: named, rest } = splitModel(args, ['base', 'candidate']);
    const [base = '', candidate = ''] = rest;
    const client = await session.client();
    const comparison = await client.compareModels(await chooseModel(client, named), base, candidate, benchmark);
    if (session.json) return void (await session.data(comparison));
    await session.line(await comparisonText(comparison));
  });
}
