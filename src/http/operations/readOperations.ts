import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { JuaraError } from '../../domain/errors.js';
import { OperationList } from './operationList.js';

const DOCUMENTS = z.record(z.string(), z.string());

/** Reads files of documents by their ids, JSON each; CONFIG_INVALID names the one that cannot be read. */
export async function readOperations(paths: readonly string[]): Promise<OperationList> {
  const documents: Record<string, string> = {};
  for (const path of paths) {
    try {
      const read = DOCUMENTS.parse(JSON.parse(await readFile(path, 'utf8')));
      // Malformed documents are found here, where their file is known.
      new OperationList(read);
      Object.assign(documents, read);
    } catch (error) {
      const cause = error instanceof z.ZodError ? 'it must be one JSON object from ids to GraphQL documents' : String(error);
      throw new JuaraError(
        'CONFIG_INVALID',
        `the operations in ${path} cannot be read: ${cause} (JUARA_OPERATIONS_FILE)`,
        {},
        { cause: error },
      );
    }
  }
  return new OperationList(documents);
}
