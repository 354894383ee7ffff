import onnxProto from 'onnx-proto';
import { JuaraError } from '../domain/errors.js';
import type { ModelSignature, TensorInfo } from '../domain/records.js';
import type { SkimmedModel } from './skimModel.js';

const { onnx } = onnxProto;
type TypeProto = onnxProto.onnx.ITypeProto;
type Dimension = onnxProto.onnx.TensorShapeProto.IDimension;

/** TensorProto.DataType by number, under the names that numpy and onnxruntime's JavaScript API use. */
const DTYPES: readonly string[] = [
  ...['undefined', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64'],
  ...['uint32', 'uint64', 'complex64', 'complex128', 'bfloat16', 'float8e4m3fn', 'float8e4m3fnuz', 'float8e5m2', 'float8e5m2fnuz'],
  ...['uint4', 'int4', 'float4e2m1', 'float8e8m0', 'uint2', 'int2'],
];
/** Sizes are GraphQL integers. */
const MAX_SIZE = 2 ** 31 - 1;

/**
 * What the file declares of itself. Inputs leave out the weights; `opset` is that of the standard operators; `producer` is the
 * exporter's name and version. A free dimension is null in `shape`, its name at the same place of `dimNames` (null: it has none).
 * A tensor without a shape, or of rank 0, has an empty one. ARTIFACT_INVALID where a size is beyond 2^31 - 1.
 */
export function readSignature(model: SkimmedModel): ModelSignature {
  const inputs = model.inputs.map(readPort).filter((port) => !model.initializers.has(port.name));
  const producer = [model.producerName, model.producerVersion].filter((part) => part !== '').join(' ');
  return {
    inputs,
    outputs: model.outputs.map(readPort),
    opset: readOpset(model.opsetImports),
    producer: producer === '' ? null : producer,
  };
}

/** ONNX lets the standard domain go by two names; where both are there, the later one is what the operators need. */
function readOpset(imports: readonly Uint8Array[]): number | null {
  const standard = imports
    .map((bytes) => onnx.OperatorSetIdProto.decode(bytes))
    .filter(({ domain }) => domain === '' || domain === 'ai.onnx');
  const versions = standard.map(({ version }) => Number(version)).filter((v) => Number.isInteger(v) && v >= 0 && v <= MAX_SIZE);
  return versions.length === 0 ? null : Math.max(...versions);
}

function readPort(bytes: Uint8Array): TensorInfo {
  const { name, type } = onnx.ValueInfoProto.decode(bytes);
  const dims = type?.tensorType?.shape?.dim ?? type?.sparseTensorType?.shape?.dim ?? [];
  return { name, dtype: dtypeOf(type), shape: dims.map((dim) => sizeOf(dim, name)), dimNames: dims.map(nameOf) };
}

/** A tensor's element type; for anything else the type written out, e.g. sequence(map(int64,float32)), as scikit-learn exports it. */
function dtypeOf(type: TypeProto | null | undefined): string {
  if (type?.tensorType) return element(type.tensorType.elemType);
  if (type?.sparseTensorType) return `sparse(${element(type.sparseTensorType.elemType)})`;
  if (type?.sequenceType) return `sequence(${dtypeOf(type.sequenceType.elemType)})`;
  if (type?.optionalType) return `optional(${dtypeOf(type.optionalType.elemType)})`;
  if (type?.mapType) return `map(${element(type.mapType.keyType)},${dtypeOf(type.mapType.valueType)})`;
  return 'undefined';
}

function element(type: number | null | undefined): string {
  return DTYPES[type ?? 0] ?? `type ${type}`;
}

/** Some exporters write -1 for a free dimension. */
function sizeOf(dim: Dimension, port: string): number | null {
  if (dim.dimValue === null || dim.dimValue === undefined || (dim.dimParam ?? '') !== '') return null;
  const size = Number(dim.dimValue);
  if (size > MAX_SIZE) throw new JuaraError('ARTIFACT_INVALID', `${JSON.stringify(port)} declares a dimension of ${size}, beyond 2^31 - 1`);
  return size < 0 ? null : size;
}

function nameOf(dim: Dimension): string | null {
  return dim.dimParam === null || dim.dimParam === undefined || dim.dimParam === '' ? null : dim.dimParam;
}
