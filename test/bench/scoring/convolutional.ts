import onnxProto from 'onnx-proto';
import { encodeModel, floatPort, heads } from '../../../src/demo/encodeClassifier.js';
import type { Task } from '../../../src/domain/task.js';

const { AttributeType } = onnxProto.onnx.AttributeProto;
type Node = onnxProto.onnx.INodeProto;
type Tensor = onnxProto.onnx.ITensorProto;

const FLOAT = 1;

/** One convolution: kernel size, stride, padding, channels in and out. A narrow ConvNeXt stem and four stages, 0.65 billion products. */
const LAYERS = [
  { kernel: 4, stride: 4, pad: 0, from: 3, to: 96 },
  { kernel: 3, stride: 2, pad: 1, from: 96, to: 192 },
  { kernel: 3, stride: 2, pad: 1, from: 192, to: 384 },
  { kernel: 3, stride: 2, pad: 1, from: 384, to: 768 },
  { kernel: 3, stride: 1, pad: 1, from: 768, to: 768 },
] as const;
const WIDTH = 768;

/** Shape of one sample of `image`, float32. */
export const IMAGE = [3, 224, 224] as const;

const task = (name: string, classes: readonly string[]): Task => ({
  name,
  classes,
  negativeClass: 'Normal',
  criticalClasses: [],
  bins: [],
});

export const CONVOLUTIONAL_TASKS: readonly Task[] = [
  task('magnitude', ['Large', 'Medium', 'Moderate', 'Normal']),
  task('azimuth', ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW', 'Normal']),
];

/** A convolutional classifier of 35 MB: input `image`, float32 [batch, 3, 224, 224], and an output of probabilities for each task. */
export function convolutionalModel(): Buffer {
  const tasks = CONVOLUTIONAL_TASKS.map(({ name, classes }, t) => ({
    name,
    classes,
    weights: classes.map((_, c) => Array.from(noise(WIDTH, 1 + t * 100 + c))),
    bias: classes.map(() => 0),
  }));
  const { node, initializer, output } = heads('pooled', tasks);
  const pooling: Node[] = [
    { opType: 'GlobalAveragePool', input: [`relu${LAYERS.length - 1}`], output: ['pool'] },
    { opType: 'Flatten', input: ['pool'], output: ['pooled'] },
  ];
  return encodeModel({
    name: 'convolutional',
    node: [...LAYERS.flatMap((_, i) => convolution(i)), ...pooling, ...node],
    initializer: [...LAYERS.map((_, i) => weights(i)), ...initializer],
    input: [floatPort('image', ['batch', ...IMAGE])],
    output,
  });
}

function convolution(i: number): Node[] {
  const { kernel, stride, pad } = layer(i);
  const ints = (name: string, values: number[]) => ({ name, type: AttributeType.INTS, ints: values });
  return [
    {
      opType: 'Conv',
      input: [i === 0 ? 'image' : `relu${i - 1}`, `w${i}`],
      output: [`conv${i}`],
      attribute: [ints('kernel_shape', [kernel, kernel]), ints('strides', [stride, stride]), ints('pads', [pad, pad, pad, pad])],
    },
    { opType: 'Relu', input: [`conv${i}`], output: [`relu${i}`] },
  ];
}

/** Of He's variance, 2 / inputs, so that signals neither die nor explode (He et al. 2015, Delving Deep into Rectifiers). */
function weights(i: number): Tensor {
  const { kernel, from, to } = layer(i);
  const inputs = from * kernel * kernel;
  const scale = Math.sqrt(24 / inputs);
  const values = noise(to * inputs, i + 7).map((value) => value * scale);
  return { name: `w${i}`, dataType: FLOAT, dims: [to, from, kernel, kernel], rawData: new Uint8Array(values.buffer) };
}

function layer(i: number): (typeof LAYERS)[number] {
  const found = LAYERS[i];
  if (found === undefined) throw new RangeError(`there is no layer ${i}`);
  return found;
}

/** Repeatable noise, uniform in [-0.5, 0.5). */
export function noise(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}
