import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { temporaryFolder } from './temporaryFolder.js';

/** Files in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** The certificate itself, which is its own CA. */
  readonly pem: string;
}

/** A certificate for 127.0.0.1, localhost and juara.example.org that nobody knows, with its key. */
export async function certificate(): Promise<Certificate> {
  const folder = await temporaryFolder();
  const altNames = [
    { type: 7, ip: '127.0.0.1' },
    { type: 2, value: 'localhost' },
    { type: 2, value: 'juara.example.org' },
  ] as const;
  const { cert: pem, private: privateKey } = await generate([{ name: 'commonName', value: 'juara' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [...altNames] },
    ],
  });
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(cert, pem);
  await writeFile(key, privateKey);
  return { cert, key, pem };
}
