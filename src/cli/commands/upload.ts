import type { Command } from 'commander';
import { type Cli, leaf } from '../leaf.js';
import { uploadBar } from '../uploadBar.js';

export function addUpload(program: Command, cli: Cli): void {
  const command = program.command('upload').description('store files under their digests, for a later registration').argument('<file...>');
  leaf(cli, command, async (session, paths) => {
    const client = await session.client();
    const bar = await uploadBar(session.io);
    const stored: { path: string; sha256: string; bytes: number }[] = [];
    try {
      for (const path of paths) stored.push({ path, ...(await client.upload(path, { onProgress: bar.onProgress })) });
    } finally {
      bar.stop();
    }
    if (session.json) return void (await session.data(stored));
    for (const file of stored) await session.line(`${file.sha256}  ${file.path}`);
  });
}
