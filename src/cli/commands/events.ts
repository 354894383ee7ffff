import type { Command } from 'commander';
import { collect, whole } from '../collect.js';
import { eventLine } from '../eventLine.js';
import { type Cli, leaf } from '../leaf.js';

interface Options {
  readonly after?: string;
  readonly type?: readonly string[];
  readonly limit: number;
}

export function addEvents(program: Command, cli: Cli): void {
  const command = program
    .command('events')
    .description('the log, oldest first, of one model or of all')
    .argument('[model]')
    .option('--after <cursor>', 'begin behind this cursor')
    .option('--type <type>', 'only these, e.g. PROMOTED; may be repeated', collect)
    .option('--limit <n>', 'at most so many', whole, 50);
  leaf<Options>(cli, command, async (session, [model], { after, type, limit }) => {
    const page = await (await session.client()).events({
      first: limit,
      ...(model === undefined ? {} : { model }),
      ...(after === undefined ? {} : { after }),
      ...(type === undefined ? {} : { types: type }),
    });
    if (session.json) return void (await session.data(page));
    for (const event of page.nodes) await session.line(eventLine(event));
    if (page.hasNextPage) session.note(`more: --after ${page.endCursor}`);
  });
}
