import { JuaraError } from '../domain/errors.js';
import { LENGTH_DELIMITED, packedVarints, VARINT, type WireField, wireFields } from './wireFormat.js';

/** Field numbers of TensorProto. */
const DIMS = 1;
const NAME = 8;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;
/** float, int32, string, int64, raw, double and uint64 data. */
const DATA = new Set([4, 5, 6, 7, 9, 10, 11]);
/** More elements to a byte than any type has: the smallest takes two bits. */
const MOST_ELEMENTS_PER_BYTE = 8;

/**
 * Refuses (ARTIFACT_INVALID) a TensorProto at bytes[start, end) whose values lie in another file, or that declares more elements than its bytes
 * can hold: some runtimes allocate first and look for the data afterwards.
 */
export function checkTensor(bytes: Uint8Array, start: number, end: number): void {
  let elements = 1;
  let dataBytes = 0;
  let external = false;
  for (const field of wireFields(bytes, start, end)) {
    if (field.number === DIMS) for (const size of dims(bytes, field)) elements *= checkSize(size, bytes, start, end);
    if (DATA.has(field.number)) dataBytes += field.end - field.from;
    if (field.number === EXTERNAL_DATA) external = true;
    if (field.number === DATA_LOCATION && field.type === VARINT && field.value !== 0) external = true;
  }
  if (external) {
    refuse(
      `${label(bytes, start, end)} keeps its values in another file (external data): export the model with all weights inside the file`,
    );
  }
  // A scalar without data is left to onnxruntime, which takes it for zero.
  if (elements > 1 && elements > dataBytes * MOST_ELEMENTS_PER_BYTE) {
    refuse(`${label(bytes, start, end)} declares ${elements} elements, and the file holds ${dataBytes} bytes of them`);
  }
}

/** Empty where the tensor has no name. */
export function tensorName(bytes: Uint8Array, start: number, end: number): string {
  let name = '';
  for (const field of wireFields(bytes, start, end)) {
    if (field.number === NAME && field.type === LENGTH_DELIMITED)
      name = Buffer.from(bytes.subarray(field.start, field.end)).toString('utf8');
  }
  return name;
}

function dims(bytes: Uint8Array, field: WireField): Iterable<number> {
  return field.type === LENGTH_DELIMITED ? packedVarints(bytes, field.start, field.end) : [field.value];
}

function checkSize(size: number, bytes: Uint8Array, start: number, end: number): number {
  if (size < 0) refuse(`${label(bytes, start, end)} has a negative dimension`);
  return size;
}

function label(bytes: Uint8Array, start: number, end: number): string {
  const name = tensorName(bytes, start, end);
  return name === '' ? 'a tensor' : `the tensor ${JSON.stringify(name.slice(0, 100))}`;
}

function refuse(reason: string): never {
  throw new JuaraError('ARTIFACT_INVALID', reason);
}
