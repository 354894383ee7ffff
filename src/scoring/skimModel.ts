import { JuaraError } from '../domain/errors.js';
import { checkTensor, tensorName } from './checkTensor.js';
import { LENGTH_DELIMITED, WireError, type WireField, wireFields } from './wireFormat.js';

/** The parts of a model that its signature is read from, still encoded. */
export interface SkimmedModel {
  readonly producerName: string;
  readonly producerVersion: string;
  readonly opsetImports: readonly Uint8Array[];
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
  /** Names of the main graph's weights: models of IR version 3 list them among the inputs too. */
  readonly initializers: ReadonlySet<string>;
}

type Kind = 'model' | 'training' | 'graph' | 'node' | 'attribute' | 'function' | 'sparse' | 'tensor';

/** Every way from a model to a tensor, by field number (onnx.proto3 of ONNX 1.19). */
const CHILDREN: Readonly<Record<Kind, Readonly<Record<number, Kind>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};
/** protobuf's own limit, which onnxruntime has as well. */
const MAX_DEPTH = 100;
const MAX_PORTS = 1000;
const MAX_PORT_BYTES = 65_536;

/**
 * Walks the whole file as it lies, before onnxruntime sees it. Throws ARTIFACT_INVALID where it is no ONNX model, is cut short, keeps
 * data in other files, or declares weights that it does not hold. It walks the wire format itself instead of decoding with a fixed
 * version of onnx.proto: a decoder drops fields that are newer than itself, and external data could hide in one of those.
 */
export function skimModel(bytes: Uint8Array): SkimmedModel {
  if (bytes.length === 0) refuse('the file is empty');
  // onnxruntime takes such a file for its own binary format, whatever else it may be.
  if (text(bytes, 4, 8) === 'ORTM') refuse('the file is in the ORT format: register the .onnx file that it was made from');
  try {
    return readModel(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    // Exporters write ir_version first (byte 08). What begins so and then leads beyond the end is a copy that was broken off.
    if (error.cutShort && bytes[0] === 0x08) {
      refuse(`the file is cut short: it ends after ${bytes.length} bytes in the middle of its data; copy or export it again`);
    }
    return refuse(`the file is not an ONNX model: its bytes make no sense from byte ${error.position} on`);
  }
}

function readModel(bytes: Uint8Array): SkimmedModel {
  const graphs: WireField[] = [];
  const opsetImports: Uint8Array[] = [];
  let [producerName, producerVersion] = ['', ''];
  for (const field of wireFields(bytes, 0, bytes.length)) {
    if (field.type !== LENGTH_DELIMITED) continue;
    if (field.number === 2) producerName = text(bytes, field.start, field.end);
    if (field.number === 3) producerVersion = text(bytes, field.start, field.end);
    if (field.number === 7) graphs.push(field);
    if (field.number === 8) opsetImports.push(bytes.subarray(field.start, field.end));
  }
  if (graphs.length === 0) refuse('the file is not an ONNX model: it holds no graph');
  checkTensors(bytes, 'model', { start: 0, end: bytes.length }, 0);
  const ports = readPorts(bytes, graphs);
  if (opsetImports.length > MAX_PORTS) refuse(`the model imports more than ${MAX_PORTS} operator sets`);
  return { producerName, producerVersion, opsetImports, ...ports };
}

/** Depth first over everything that can hold a tensor: nodes, their attributes, subgraphs, functions, training graphs. */
function checkTensors(bytes: Uint8Array, kind: Kind, span: { start: number; end: number }, depth: number): void {
  if (depth > MAX_DEPTH) refuse(`the model nests graphs more than ${MAX_DEPTH} messages deep`);
  if (kind === 'tensor') {
    checkTensor(bytes, span.start, span.end);
    return;
  }
  const children = CHILDREN[kind];
  for (const field of wireFields(bytes, span.start, span.end)) {
    const child = children[field.number];
    if (child !== undefined && field.type === LENGTH_DELIMITED) checkTensors(bytes, child, field, depth + 1);
  }
}

/** Inputs and outputs of the main graph; protobuf merges a graph that comes in several pieces, and so does this. */
function readPorts(bytes: Uint8Array, graphs: readonly WireField[]): Pick<SkimmedModel, 'inputs' | 'outputs' | 'initializers'> {
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const initializers = new Set<string>();
  for (const field of fieldsOf(bytes, graphs)) {
    if (field.type !== LENGTH_DELIMITED) continue;
    if (field.number === 5) initializers.add(tensorName(bytes, field.start, field.end));
    if (field.number === 15) for (const name of sparseNames(bytes, field)) initializers.add(name);
    if (field.number === 11) inputs.push(bytes.subarray(field.start, field.end));
    if (field.number === 12) outputs.push(bytes.subarray(field.start, field.end));
  }
  const ports = [...inputs, ...outputs];
  if (inputs.length > MAX_PORTS + initializers.size || outputs.length > MAX_PORTS)
    refuse(`the model has more than ${MAX_PORTS} inputs or outputs`);
  if (ports.some((p) => p.length > MAX_PORT_BYTES)) refuse(`the description of an input or output is longer than ${MAX_PORT_BYTES} bytes`);
  return { inputs, outputs, initializers };
}

function* fieldsOf(bytes: Uint8Array, messages: readonly WireField[]): Generator<WireField> {
  for (const { start, end } of messages) yield* wireFields(bytes, start, end);
}

/** A sparse weight goes by the name of its values. */
function sparseNames(bytes: Uint8Array, sparse: WireField): string[] {
  return [...wireFields(bytes, sparse.start, sparse.end)]
    .filter((f) => f.number === 1 && f.type === LENGTH_DELIMITED)
    .map((f) => tensorName(bytes, f.start, f.end));
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, Math.min(end, start + 200))).toString('utf8');
}

function refuse(reason: string): never {
  throw new JuaraError('ARTIFACT_INVALID', reason);
}
