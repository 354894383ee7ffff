import { readFile } from 'node:fs/promises';
import { usage } from './CliError.js';
import type { Checkpoint, CheckpointStore } from './client.js';
import { writeAtomically } from './writeAtomically.js';

/** The last checkpoint in a file, as JSON on one line; `juara verify --checkpoint` reads the same file. */
export function checkpointFileStore(path: string): CheckpointStore {
  return {
    load: async () => {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw usage(`${path} cannot be read: ${error.message}`);
      });
      return text === null ? null : parsed(text, path);
    },
    save: (checkpoint) => writeAtomically(path, `${JSON.stringify(checkpoint)}\n`),
  };
}

const TEXTS = ['hash', 'at', 'publicKey', 'signature', 'cursor', 'registry'];

function isCheckpoint(value: unknown): value is Checkpoint {
  if (value === null || typeof value !== 'object') return false;
  const members = new Map<string, unknown>(Object.entries(value));
  return Number.isInteger(members.get('seq')) && TEXTS.every((name) => typeof members.get(name) === 'string');
}

function parsed(text: string, path: string): Checkpoint {
  try {
    const value: unknown = JSON.parse(text);
    if (isCheckpoint(value)) return value;
  } catch {
    // Falls through to the one refusal below.
  }
  throw usage(`${path} holds no checkpoint of \`juara watch --checkpoint-file\`: find out who changed it; a new file begins anew`);
}
