import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { JuaraError } from '../domain/errors.js';

/**
 * All bytes of a file of the store, for a child that is about to hand them to native code. A link put in its place is not followed, and
 * a pipe is not waited at (NONBLOCK): ARTIFACT_DAMAGED. What is checked and what is read is one descriptor.
 */
export function readStored(path: string): Buffer {
  const file = openChecked(path);
  try {
    if (!fstatSync(file).isFile()) throw damaged();
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function openChecked(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw damaged();
    throw error;
  }
}

function damaged(): JuaraError {
  return new JuaraError('ARTIFACT_DAMAGED', 'something else stands in the place of the file: restore it from a backup');
}
