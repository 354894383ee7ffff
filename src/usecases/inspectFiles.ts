import { JuaraError } from '../domain/errors.js';
import type { ModelFile, ModelSignature } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { onnxFiles } from './onnxFiles.js';

/** Loads every ONNX file; the signature is that of the file that the version is run by. */
export async function inspectFiles(deps: Deps, files: readonly ModelFile[]): Promise<ModelSignature | null> {
  const signatures: ModelSignature[] = [];
  for (const file of onnxFiles(files)) {
    try {
      signatures.push(await deps.inspector.inspect(deps.blobs.localPath(file.sha256)));
    } catch (error) {
      if (error instanceof JuaraError)
        throw new JuaraError(error.code, `${file.name}: ${error.message}`, { ...error.details, file: file.name });
      throw error;
    }
  }
  return signatures[0] ?? null;
}
