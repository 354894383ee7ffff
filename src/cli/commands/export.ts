import type { Command } from 'commander';
import { chooseModel } from '../chooseModel.js';
import { type Cli, leaf } from '../leaf.js';
import { printableJson } from '../printable.js';
import { writeAtomically } from '../writeAtomically.js';

export function addExport(program: Command, cli: Cli): void {
  const command = program
    .command('export')
    .description('a model as a registry v2.0 document')
    .argument('[model]')
    .option('--out <file>', 'write it there instead of standard output');
  leaf<{ out?: string }>(cli, command, async (session, [named], { out }) => {
    const client = await session.client();
    const document = await client.exportRegistry(await chooseModel(client, named));
    if (out === undefined) return void (await session.data(document));
    await writeAtomically(out, `${printableJson(document, 2)}\n`);
    session.note(`written to ${out}`);
  });
}
