import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
type Node = onnxProto.onnx.INodeProto;
type Tensor = onnxProto.onnx.ITensorProto;
type ValueInfo = onnxProto.onnx.IValueInfoProto;

const FLOAT = 1;

/** One head: class probabilities are softmax(weights x + bias). */
export interface ClassifierTask {
  readonly name: string;
  readonly classes: readonly string[];
  /** One row per class, one column per feature. */
  readonly weights: readonly (readonly number[])[];
  /** One number per class. */
  readonly bias: readonly number[];
}

export interface ClassifierSpec {
  readonly features: number;
  readonly tasks: readonly ClassifierTask[];
  readonly producer?: string;
}

/** Encodes a model of this graph; the standard operators are those of opset 13, IR version 8 (ONNX 1.10). */
export function encodeModel(graph: onnxProto.onnx.IGraphProto, producer = 'juara'): Buffer {
  const model = { irVersion: 8, producerName: producer, opsetImport: [{ domain: '', version: 13 }], graph };
  return Buffer.from(onnx.ModelProto.encode(onnx.ModelProto.create(model)).finish());
}

/**
 * A multi-task linear classifier as an ONNX file: input `features`, float32 [batch, features], and for each task an output of the
 * task's name, float32 [batch, classes], with the probabilities of the classes in their order.
 */
export function encodeClassifier({ features, tasks, producer }: ClassifierSpec): Buffer {
  const graph = { name: 'classifier', input: [floatPort('features', ['batch', features])], ...heads('features', tasks) };
  return encodeModel(graph, producer);
}

/** Gemm and Softmax for each task over `input`, float32 [batch, features]: nodes, weights and outputs to build a graph with. */
export function heads(input: string, tasks: readonly ClassifierTask[]): { node: Node[]; initializer: Tensor[]; output: ValueInfo[] } {
  return {
    node: tasks.flatMap(({ name }) => [
      { opType: 'Gemm', input: [input, `${name}.weights`, `${name}.bias`], output: [`${name}.logits`], attribute: [integer('transB', 1)] },
      { opType: 'Softmax', input: [`${name}.logits`], output: [name], attribute: [integer('axis', 1)] },
    ]),
    initializer: tasks.flatMap(({ name, weights, bias }) => [
      floatTensor(`${name}.weights`, [weights.length, weights[0]?.length ?? 0], weights.flat()),
      floatTensor(`${name}.bias`, [bias.length], bias),
    ]),
    output: tasks.map(({ name, classes }) => floatPort(name, ['batch', classes.length])),
  };
}

/** A number is a fixed size, a text the name of a free dimension. */
export function floatPort(name: string, dims: readonly (number | string)[]): ValueInfo {
  const dim = dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

function floatTensor(name: string, dims: number[], values: readonly number[]): Tensor {
  const rawData = new Uint8Array(values.length * 4);
  const view = new DataView(rawData.buffer);
  // ONNX fixes little-endian for raw data, whatever the machine's own order is.
  for (const [i, value] of values.entries()) view.setFloat32(i * 4, value, true);
  return { name, dataType: FLOAT, dims, rawData };
}

function integer(name: string, i: number): onnxProto.onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INT, i };
}
