import { JuaraError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { Model, ModelFile, Version } from '../domain/records.js';
import type { BlobStore } from '../ports.js';
import type { ModelSource } from '../scoringPorts.js';
import { requireSoundFiles } from './checkFiles.js';
import { onnxFiles } from './onnxFiles.js';

export const CLASS_MAPPINGS_FILE = 'class_mappings.json';
/** A thousand classes of a thousand bytes: more is no list of classes. */
const MOST_BYTES = 1_000_000;

/**
 * What it takes to run the version; INVALID_INPUT where it has no ONNX file, ARTIFACT_INVALID where its class mappings are no JSON,
 * ARTIFACT_DAMAGED or ARTIFACT_MISSING where one of the two is not what was registered any more.
 */
export async function modelSource(blobs: BlobStore, model: Model, version: Version): Promise<ModelSource> {
  const [onnx] = onnxFiles(version.files);
  if (onnx === undefined) {
    throw new JuaraError(
      'INVALID_INPUT',
      `${version.id} has no ONNX file, so that it cannot be run; its reported metrics are all there is`,
    );
  }
  const mappings = version.files.find((f) => f.name.toLowerCase() === CLASS_MAPPINGS_FILE);
  await requireSoundFiles(blobs, { ...version, files: mappings === undefined ? [onnx] : [onnx, mappings] }, 'check');
  return {
    path: blobs.localPath(onnx.sha256),
    outputs: version.outputs,
    classMappings: mappings === undefined ? null : await classMappings(blobs, version, mappings),
    tasks: model.tasks,
  };
}

async function classMappings(blobs: BlobStore, version: Version, file: ModelFile): Promise<Json> {
  if (file.bytes > MOST_BYTES) throw invalid(version, `is larger than ${MOST_BYTES} bytes`);
  const chunks: Buffer[] = [];
  for await (const chunk of blobs.read(file.sha256)) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json;
  } catch {
    throw invalid(version, 'is not JSON');
  }
}

function invalid(version: Version, what: string): JuaraError {
  return new JuaraError('ARTIFACT_INVALID', `${CLASS_MAPPINGS_FILE} of ${version.id} ${what}: register a version with a sound one`);
}
