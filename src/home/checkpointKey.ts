import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import { writeSecret } from './writeSecret.js';

const pathOf = (home: string): string => join(home, 'keys', 'checkpoint.key');

/** The public half of the key in the home, as checkpoints name it (SPKI DER, base64); null where the home has none. Makes nothing. */
export async function checkpointPublicKey(home: string): Promise<string | null> {
  const key = await readKey(pathOf(home));
  return key === null ? null : createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

async function readKey(path: string): Promise<KeyObject | null> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (pem === null) return null;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Falls through to the one refusal below.
  }
  const advice = 'restore it from a backup, or move it away: a new one is made, and clients that know the old one will say so';
  throw new JuaraError('CONFIG_INVALID', `${path} is no Ed25519 private key in PEM: ${advice}`);
}

/**
 * The Ed25519 key that signs checkpoints, in <home>/keys/checkpoint.key; made where there is none. It lies outside of the database so
 * that whoever rewrites the log there cannot sign what he has written.
 */
export async function checkpointKey(home: string): Promise<KeyObject> {
  const path = pathOf(home);
  const found = await readKey(path);
  if (found !== null) return found;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await chmod(dirname(path), 0o700);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeSecret(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return privateKey;
}
