import { readFile } from 'node:fs/promises';
import { writeAtomically } from './writeAtomically.js';

/** The cursor that the file holds; undefined where there is no file yet. */
export async function readCursor(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeCursor(path: string, cursor: string): Promise<void> {
  return writeAtomically(path, `${cursor}\n`);
}
