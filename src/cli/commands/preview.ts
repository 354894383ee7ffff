import type { Command } from 'commander';
import { chooseModel, splitVersion } from '../chooseModel.js';
import { comparisonText } from '../comparisonText.js';
import { exitCodeOfDecision, ruleTable } from '../decisionText.js';
import { type Cli, leaf } from '../leaf.js';

export function addPreview(program: Command, cli: Cli): void {
  const command = program
    .command('preview')
    .description('the decision that promote would take now, and its exit code; changes nothing')
    .argument('[args...]')
    .usage('[options] [model] <version>')
    .option('--version <version>', 'the same as the argument');
  leaf<{ version?: string }>(cli, command, async (session, args, options) => {
    const { model: named, version } = splitVersion(args, options.version);
    const client = await session.client();
    const decision = await client.preview(await chooseModel(client, named), version);
    if (session.json) await session.data(decision);
    else {
      if (decision.comparison !== null) await session.line(`${await comparisonText(decision.comparison)}\n`);
      if (decision.rules.length > 0) await session.line(`${await ruleTable(decision)}\n`);
      await session.line(decision.summary);
    }
    return exitCodeOfDecision(decision);
  });
}
