import type { ModelFile } from '../domain/records.js';

/** The ONNX files, the one that a version is run by first: best_model.onnx, model.onnx, or the first by name. */
export function onnxFiles(files: readonly ModelFile[]): readonly ModelFile[] {
  const rank = (name: string): number => ['best_model.onnx', 'model.onnx'].indexOf(name.toLowerCase()) >>> 0;
  return files
    .filter((f) => f.name.toLowerCase().endsWith('.onnx'))
    .sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name, 'en'));
}
