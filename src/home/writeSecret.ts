import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file that only its owner may read, durably and whole: under another name first, then renamed. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  // What an earlier start left there, or a link that somebody put there: written through, it would take the secret elsewhere.
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
