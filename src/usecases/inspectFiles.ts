import { JuaraError } from '../domain/errors.js';
import type { ModelFile, ModelSignature } from '../domain/records.js';
import type { Deps } from '../ports.js';

/** Loads every ONNX file; the signature is that of best_model.onnx or model.onnx, or of the first by name. */
export async function inspectFiles(deps: Deps, files: readonly ModelFile[]): Promise<ModelSignature | null> {
  const rank = (name: string): number => ['best_model.onnx', 'model.onnx'].indexOf(name.toLowerCase()) >>> 0;
  const onnx = files
    .filter((f) => f.name.toLowerCase().endsWith('.onnx'))
    .sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name, 'en'));
  const signatures: ModelSignature[] = [];
  for (const file of onnx) {
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
