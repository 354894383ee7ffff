import type { Command } from 'commander';
import { type Cli, leaf } from '../leaf.js';

export function addDecline(program: Command, cli: Cli): void {
  const command = program
    .command('decline')
    .description('say no to a promotion that waits for an approval')
    .argument('<decision>')
    .requiredOption('--reason <text>', 'kept for ever');
  leaf<{ reason: string }>(cli, command, async (session, [id = ''], { reason }) => {
    const decision = await (await session.client()).decline(id, reason);
    if (session.json) return void (await session.data(decision));
    await session.line(`${decision.candidate.version} of ${decision.model.name} is declined`);
  });
}
