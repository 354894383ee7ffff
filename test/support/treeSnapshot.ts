import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Every entry below `root` with what it is and holds, by path; `skip` leaves a folder out with all that is in it. */
export async function treeSnapshot(root: string, skip: readonly string[] = []): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = async (folder: string): Promise<void> => {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (skip.includes(path)) continue;
      const stat = await lstat(path);
      found[relative(root, path)] = await describe(path, stat);
      if (stat.isDirectory()) await walk(path);
    }
  };
  await walk(root);
  return found;
}

async function describe(path: string, stat: Awaited<ReturnType<typeof lstat>>): Promise<string> {
  if (stat.isSymbolicLink()) return `link to ${await readlink(path)}`;
  if (stat.isDirectory()) return 'folder';
  if (!stat.isFile()) return 'special';
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
