import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const MODULE = new URL('../../../dist/src/scoring/endWithParent.js', import.meta.url).href;

/** A parent that starts a child, which says its process id through it and then does `work`. */
async function family(work: string): Promise<{ parent: ChildProcess; child: number }> {
  const folder = await temporaryFolder();
  const childSource = `import { endWithParent } from ${JSON.stringify(MODULE)};
    endWithParent(Number(process.argv[2])); process.send(process.pid, () => { ${work} });`;
  await writeFile(join(folder, 'child.mjs'), childSource);
  const parentSource = `import { fork } from 'node:child_process';
    fork(${JSON.stringify(join(folder, 'child.mjs'))}, [String(process.pid)]).on('message', (pid) => process.send(pid));`;
  await writeFile(join(folder, 'parent.mjs'), parentSource);
  const parent = spawn(process.execPath, [join(folder, 'parent.mjs')], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const child = await new Promise<number>((resolve) => parent.once('message', (message) => resolve(Number(message))));
  return { parent, child };
}

/** Not there, or dead and not yet buried by whoever has adopted it. */
async function isGone(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tX');
  return /State:\t[ZX]/.test(status);
}

it.each([
  ['idles', 'setInterval(() => {}, 1000)'],
  ['never comes back to its event loop', 'for (;;);'],
])('a child that %s ends when its parent is killed', async (_, work) => {
  const { parent, child } = await family(work);
  expect(await isGone(child)).toBe(false);
  parent.kill('SIGKILL');
  await vi.waitFor(async () => expect(await isGone(child)).toBe(true), { timeout: 20_000 });
});
