import type { Command } from 'commander';
import { JuaraClientError } from '../client.js';
import { comparisonText } from '../comparisonText.js';
import { confirm } from '../confirm.js';
import { type Cli, leaf } from '../leaf.js';
import { answerPromotion } from '../promotionAnswer.js';

export function addApprove(program: Command, cli: Cli): void {
  const command = program
    .command('approve')
    .description('let a promotion happen that waits for an approval')
    .argument('<decision>')
    .option('--reason <text>')
    .option('-y, --yes', 'do not ask');
  leaf<{ reason?: string; yes?: boolean }>(cli, command, async (session, [id = ''], { reason, yes }) => {
    const client = await session.client();
    if (yes !== true && session.io.isTTY) {
      const decision = await client.getDecision(id);
      if (decision === null) throw new JuaraClientError('DECISION_NOT_FOUND', `there is no decision ${id}`);
      if (decision.comparison !== null) session.note(`${await comparisonText(decision.comparison)}\n`);
      const change = `${decision.champion?.version ?? 'none'} -> ${decision.candidate.version}`;
      await confirm(session, `Approve ${decision.model.name}: ${change}, asked by ${decision.requestedBy}?`, yes);
    } else await confirm(session, '', yes);
    return answerPromotion(session, await client.approve(id, reason));
  });
}
