import type { Command } from 'commander';
import { JuaraClientError } from '../client.js';
import { evaluationText } from '../evaluationText.js';
import { type Cli, leaf } from '../leaf.js';

export function addEvaluation(program: Command, cli: Cli): void {
  const group = program.command('evaluation').description('measurements by their id');
  const show = group.command('show').description('how far it is, and what was measured').argument('<id>');
  leaf(cli, show, async (session, [id = '']) => {
    const evaluation = await (await session.client()).getEvaluation(id);
    if (evaluation === null) throw new JuaraClientError('EVALUATION_NOT_FOUND', `there is no evaluation ${id}`);
    if (session.json) return void (await session.data(evaluation));
    await session.line(await evaluationText(evaluation));
  });
  const cancel = group.command('cancel').description('take it from the queue, or break it off; takes AUTOMATION').argument('<id>');
  leaf(cli, cancel, async (session, [id = '']) => {
    const evaluation = await (await session.client()).cancelEvaluation(id);
    if (session.json) return void (await session.data(evaluation));
    await session.line(await evaluationText(evaluation));
  });
}
