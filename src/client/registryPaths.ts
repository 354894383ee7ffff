import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

/** The registry writes metadata.json itself; its own rule for file names is this one (one plain ASCII component). */
const ALLOWED = /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}$/;

/**
 * Where the paths of a document may start: the folder it lies in, then the two above. Registries sit in models/ or config/ and write
 * their paths from the root of their project.
 */
export function basesOf(documentPath: string): string[] {
  const folder = dirname(resolve(documentPath));
  return [...new Set([folder, dirname(folder), dirname(dirname(folder))])];
}

/** The first place where the path exists, or null. Paths written on Windows are read as well. */
export async function locate(bases: readonly string[], path: unknown): Promise<string | null> {
  if (typeof path !== 'string' || path.trim() === '') return null;
  const portable = /^[A-Za-z]:\\/.test(path) ? path : path.replaceAll('\\', '/');
  const candidates = isAbsolute(portable) ? [portable] : bases.map((base) => join(base, portable));
  for (const candidate of candidates) {
    if ((await kindOf(candidate)) !== null) return candidate;
  }
  return null;
}

/** The file itself, or the regular files of a folder, under the names that a version may hold. */
export async function filesAt(path: string | null): Promise<{ name: string; path: string }[]> {
  if (path === null) return [];
  const kind = await kindOf(path);
  if (kind === 'file') return isFileName(basename(path)) ? [{ name: basename(path), path }] : [];
  const names = (await readdir(path)).filter(isFileName).sort();
  const inside = names.map((name) => ({ name, path: join(path, name) }));
  const kinds = await Promise.all(inside.map((file) => kindOf(file.path)));
  return inside.filter((_, i) => kinds[i] === 'file');
}

export function isFileName(name: string): boolean {
  return ALLOWED.test(name) && !name.endsWith('.') && name.toLowerCase() !== 'metadata.json';
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return null;
  return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : null;
}
