import type { Command } from 'commander';
import { type Cli, leaf } from '../leaf.js';
import { uploadBar } from '../uploadBar.js';

export function addImport(program: Command, cli: Cli): void {
  const command = program
    .command('import')
    .description('read a registry v2.0 document with the files that it names; doing it twice changes nothing')
    .argument('<file>')
    .option('--base <folder>', "where relative paths start; else the document's folder and the two above it are tried");
  leaf<{ base?: string }>(cli, command, async (session, [path = ''], { base }) => {
    const client = await session.client();
    const bar = await uploadBar(session.io);
    const report = await client
      .importRegistry(path, { onProgress: bar.onProgress, ...(base === undefined ? {} : { base }) })
      .finally(bar.stop);
    if (session.json) return void (await session.data(report));
    await session.line(
      `created: ${report.modelsCreated} models, ${report.versionsCreated} versions, ${report.trainingEventsCreated} training events; ` +
        `unchanged: ${report.unchanged}`,
    );
    for (const warning of report.warnings) session.note(`warning: ${warning}`);
  });
}
