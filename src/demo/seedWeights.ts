import { type ClassMappings, classMappings } from './classMappings.js';
import { AZIMUTH, MAGNITUDE } from './demoTasks.js';
import { type ClassifierTask, encodeModel, floatPort, heads } from './encodeClassifier.js';
import { createRandom } from './random.js';

export interface SeedWeights {
  /** best_model.onnx: input `input`, float32 [batch, 3, 224, 224]; outputs `magnitude` and `azimuth`. Under 10 KB. */
  readonly onnx: Buffer;
  /** class_mappings.json; 1.0.0 knows no NE. */
  readonly classMappings: ClassMappings;
}

/**
 * Files for the versions of `convnext` that the seed's registry names. The original weights are not public: these have the original's
 * inputs and outputs and load as they would, but they weigh the image's mean colours at random, and predict nothing.
 */
export function seedWeights(version: '1.0.0' | '1.0.1'): SeedWeights {
  const random = createRandom(version === '1.0.0' ? 100 : 101);
  const azimuth = AZIMUTH.classes.filter((c) => version !== '1.0.0' || c !== 'NE');
  const head = (name: string, classes: readonly string[]): ClassifierTask => ({
    name,
    classes,
    weights: classes.map(() => [random.normal(), random.normal(), random.normal()]),
    bias: classes.map(() => 0),
  });
  const tasks = [head(MAGNITUDE.name, MAGNITUDE.classes), head(AZIMUTH.name, azimuth)];
  const { node, ...rest } = heads('channels', tasks);
  const pooled = [
    { opType: 'GlobalAveragePool', input: ['input'], output: ['averages'] },
    { opType: 'Flatten', input: ['averages'], output: ['channels'] },
  ];
  const graph = { name: 'convnext', input: [floatPort('input', ['batch', 3, 224, 224])], node: [...pooled, ...node], ...rest };
  return { onnx: encodeModel(graph, 'juara-demo'), classMappings: classMappings(tasks) };
}
