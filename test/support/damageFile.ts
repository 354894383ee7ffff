import { chmod, readFile, rm, writeFile } from 'node:fs/promises';

/** What can befall a file behind the server's back. */
export const DAMAGES: Readonly<Record<string, (path: string) => Promise<void>>> = {
  'one bit flipped': (path) =>
    overwrite(path, (bytes) => {
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      return bytes;
    }),
  'cut short': (path) => overwrite(path, (bytes) => bytes.subarray(0, bytes.length - 7)),
  'made longer': (path) => overwrite(path, (bytes) => Buffer.concat([bytes, Buffer.from('more')])),
  emptied: (path) => overwrite(path, () => Buffer.alloc(0)),
  gone: (path) => rm(path),
};

async function overwrite(path: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  await chmod(path, 0o644);
  await writeFile(path, change(await readFile(path)));
}
