import { fileURLToPath } from 'node:url';
import onnxProto from 'onnx-proto';
import { encodeModel, floatPort } from '../../src/demo/encodeClassifier.js';

export { encodeClassifier as softmaxClassifier } from '../../src/demo/encodeClassifier.js';

/** Tests run from src/, children from dist/. */
export const INSPECT_CHILD = fileURLToPath(new URL('../../dist/src/scoring/inspectChild.js', import.meta.url));

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
type Graph = onnxProto.onnx.IGraphProto;
type Tensor = onnxProto.onnx.ITensorProto;
type ValueInfo = onnxProto.onnx.IValueInfoProto;

const [FLOAT, INT64, BOOL] = [1, 7, 9];
const TWO_GIGA_ELEMENTS = 2 ** 31;

const int64s = (name: string, values: number[]): Tensor => ({ name, dataType: INT64, dims: [values.length], int64Data: values });
const scalar = (name: string, elemType: number): ValueInfo => ({ name, type: { tensorType: { elemType, shape: {} } } });
const external = (name = 'w'): Tensor => ({
  name,
  dataType: FLOAT,
  dims: [1],
  dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
  externalData: [{ key: 'location', value: 'weights.bin' }],
});
const identity = (input: string): Graph => ({
  name: 'g',
  node: [{ opType: 'Identity', input: [input], output: ['y'] }],
  output: [floatPort('y', ['n'])],
});

/** Asks for 8 GB when it is run; onnxruntime does not fold a constant that large, so it loads. */
export function constantOfEightGigabytes(): Buffer {
  const node = [{ opType: 'ConstantOfShape', input: ['shape'], output: ['y'] }];
  return encodeModel({ name: 'g', node, initializer: [int64s('shape', [TWO_GIGA_ELEMENTS])], output: [floatPort('y', ['n'])] });
}

/** A sparse weight of one value that unfolds to 8 GB as soon as it is loaded. */
export function sparseEightGigabytes(): Buffer {
  const values = { name: 'w', dataType: FLOAT, dims: [1], floatData: [1] };
  const sparse = { values, indices: { dataType: INT64, dims: [1], int64Data: [5] }, dims: [TWO_GIGA_ELEMENTS] };
  return encodeModel({ ...identity('w'), sparseInitializer: [sparse] });
}

/** Loops for ever when it is run; it loads. */
export function endlessLoop(): Buffer {
  const body = {
    name: 'body',
    node: [
      { opType: 'Identity', input: ['again'], output: ['again_out'] },
      { opType: 'Identity', input: ['x_in'], output: ['x_out'] },
    ],
    input: [scalar('i', INT64), scalar('again', BOOL), scalar('x_in', FLOAT)],
    output: [scalar('again_out', BOOL), scalar('x_out', FLOAT)],
  };
  const loop = {
    opType: 'Loop',
    input: ['', 'yes', 'x'],
    output: ['y'],
    attribute: [{ name: 'body', type: AttributeType.GRAPH, g: body }],
  };
  const yes = { name: 'yes', dataType: BOOL, dims: [], int32Data: [1] };
  return encodeModel({ name: 'g', node: [loop], initializer: [yes], input: [scalar('x', FLOAT)], output: [scalar('y', FLOAT)] });
}

/** A product of constants that onnxruntime works out while it loads: 1000 billion multiplications and 512 MB in 170 bytes. */
export function slowToLoad(): Buffer {
  const node = [
    { opType: 'ConstantOfShape', input: ['shape'], output: ['m'] },
    { opType: 'MatMul', input: ['m', 'm'], output: ['y'] },
  ];
  return encodeModel({ name: 'g', node, initializer: [int64s('shape', [8000, 8000])], output: [floatPort('y', ['n', 'n'])] });
}

/** One product with a matrix of [4096, columns]: 16 KiB of weights a column. */
export function heavyModel(columns: number): Buffer {
  const weights = { name: 'w', dataType: FLOAT, dims: [4096, columns], rawData: new Uint8Array(4096 * columns * 4).fill(0x3f) };
  const node = [{ opType: 'MatMul', input: ['x', 'w'], output: ['y'] }];
  return encodeModel({
    name: 'g',
    node,
    initializer: [weights],
    input: [floatPort('x', ['batch', 4096])],
    output: [floatPort('y', ['batch', columns])],
  });
}

/** Declares 2^31 numbers and holds none. */
export function declaredWithoutData(): Buffer {
  return encodeModel({ ...identity('w'), initializer: [{ name: 'w', dataType: FLOAT, dims: [TWO_GIGA_ELEMENTS] }] });
}

/** Every place where a model can refer to another file. */
export const EXTERNAL_DATA: Readonly<Record<string, () => Buffer>> = {
  initializer: () => encodeModel({ ...identity('w'), initializer: [external()] }),
  'initializer that only has entries': () =>
    encodeModel({ ...identity('w'), initializer: [{ ...external(), dataLocation: onnx.TensorProto.DataLocation.DEFAULT }] }),
  'initializer that only has the location': () => encodeModel({ ...identity('w'), initializer: [{ ...external(), externalData: [] }] }),
  'sparse initializer': () =>
    encodeModel({ ...identity('w'), sparseInitializer: [{ values: external(), indices: int64s('', [0]), dims: [1] }] }),
  'attribute of a node': () => encodeModel(constant({ name: 'value', type: AttributeType.TENSOR, t: external() })),
  'list attribute of a node': () => encodeModel(constant({ name: 'values', type: AttributeType.TENSORS, tensors: [external()] })),
  'sparse attribute of a node': () =>
    encodeModel(
      constant({
        name: 'sparse_value',
        type: AttributeType.SPARSE_TENSOR,
        sparseTensor: { values: external(), indices: int64s('', [0]), dims: [1] },
      }),
    ),
  subgraph: () =>
    encodeModel(constant({ name: 'then_branch', type: AttributeType.GRAPH, g: { ...identity('w'), initializer: [external()] } })),
  function: () => withExtra(onnx.ModelProto.encode({ functions: [{ name: 'f', node: constant(tensorAttribute()).node ?? [] }] }).finish()),
  'training graph': () =>
    withExtra(onnx.ModelProto.encode({ trainingInfo: [{ algorithm: { name: 't', initializer: [external()] } }] }).finish()),
  // FunctionProto.attribute_proto (field 11) is younger than the encoder used here: written by hand.
  'default of a function attribute': () =>
    withExtra(lengthDelimited(25, lengthDelimited(11, onnx.AttributeProto.encode(tensorAttribute()).finish()))),
};

function tensorAttribute(): onnxProto.onnx.IAttributeProto {
  return { name: 'value', type: AttributeType.TENSOR, t: external() };
}

function constant(attribute: onnxProto.onnx.IAttributeProto): Graph {
  return { name: 'g', node: [{ opType: 'Constant', output: ['y'], attribute: [attribute] }], output: [floatPort('y', [1])] };
}

/** A good model with more fields behind it: protobuf merges what is written one after the other. */
function withExtra(fields: Uint8Array): Buffer {
  const good = encodeModel({
    name: 'g',
    node: [{ opType: 'Relu', input: ['x'], output: ['y'] }],
    input: [floatPort('x', ['n'])],
    output: [floatPort('y', ['n'])],
  });
  return Buffer.concat([good, fields]);
}

/** One field of at most 127 bytes. */
function lengthDelimited(field: number, payload: Uint8Array): Uint8Array {
  const tag = field * 8 + 2;
  return Buffer.from([...(tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7]), payload.length, ...payload]);
}
