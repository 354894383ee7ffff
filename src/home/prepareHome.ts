import { access, constants, mkdir } from 'node:fs/promises';
import { JuaraError } from '../domain/errors.js';

/** Makes the folder of the registry where there is none, and refuses one that cannot be written to before anything is begun in it. */
export async function prepareHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new JuaraError('STORAGE_FULL', `no space is left for ${home}: free some`, {}, { cause: error });
    if (code === 'ENOTDIR' || code === 'EEXIST') throw new JuaraError('CONFIG_INVALID', `JUARA_HOME is ${home}, which is not a folder`);
    throw new JuaraError('STORAGE_READ_ONLY', `${home} cannot be written to: mend its permissions (${code})`, {}, { cause: error });
  }
}
