import { type FileHandle, open } from 'node:fs/promises';
import type { Task } from '../../domain/task.js';
import type { Batch, BenchmarkReader, InputBatch } from './benchmarkReader.js';
import { INPUT_TYPE_NAMES, type InputType, inputTypeOf, inputValues } from './inputValues.js';
import { invalid, listed, quoted, shapeText } from './invalid.js';
import { LABEL_TYPES, type LabelReader, labelReader } from './labelIndices.js';
import { type NpyArray, openRows, type RowCursor, readArray } from './npyArray.js';
import { zipEntries } from './zipEntries.js';

interface Archive {
  readonly file: FileHandle;
  readonly samples: number;
  readonly inputs: readonly { readonly array: NpyArray; readonly type: InputType }[];
  readonly labels: readonly { readonly array: NpyArray; readonly task: string; readonly read: LabelReader }[];
}

/** Labels are the arrays that are called as a task is; all others are inputs. */
export async function openNpz(path: string, tasks: readonly Task[]): Promise<BenchmarkReader> {
  const file = await open(path, 'r');
  try {
    const arrays: NpyArray[] = [];
    for (const entry of await zipEntries(path)) arrays.push(await readArray(file, entry));
    return readerOf({ file, samples: checkLengths(arrays), inputs: inputsOf(arrays, tasks), labels: labelsOf(arrays, tasks) });
  } catch (error) {
    await file.close();
    throw error;
  }
}

function readerOf(archive: Archive): BenchmarkReader {
  const { file, samples, inputs } = archive;
  return {
    samples,
    inputs: inputs.map(({ array, type }) => ({ name: array.name, dtype: type.dtype, sampleShape: array.shape.slice(1) })),
    async *batches(size) {
      const cursors = await openAll(archive, 0);
      try {
        for (let first = 0; first < samples; first += size) yield await readBatch(archive, cursors, first, Math.min(size, samples - first));
        for (const cursor of cursors) await cursor.finish();
      } finally {
        await closeAll(cursors);
      }
    },
    async sample(index) {
      if (!Number.isInteger(index) || index < 0 || index >= samples) throw new RangeError(`there is no sample ${index} of ${samples}`);
      const cursors = await openAll(archive, index);
      try {
        return await readBatch(archive, cursors, index, 1);
      } finally {
        await closeAll(cursors);
      }
    },
    close: () => file.close(),
  };
}

/** Cursors on all inputs, then on all labels. */
async function openAll({ file, inputs, labels }: Archive, first: number): Promise<readonly RowCursor[]> {
  const opened: RowCursor[] = [];
  try {
    for (const { array } of [...inputs, ...labels]) opened.push(await openRows(file, array, first));
    return opened;
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function closeAll(cursors: readonly RowCursor[]): Promise<void> {
  for (const cursor of cursors) await cursor.close();
}

async function readBatch({ inputs, labels }: Archive, cursors: readonly RowCursor[], first: number, count: number): Promise<Batch> {
  const rows: Buffer[] = [];
  for (const cursor of cursors) rows.push(await cursor.rows(count));
  const bytesAt = (index: number): Buffer => rows[index] ?? Buffer.alloc(0);
  const tensor = ({ array, type }: Archive['inputs'][number], index: number): [string, InputBatch] => [
    array.name,
    { data: inputValues(bytesAt(index), array.dtype, type), dtype: type.dtype, shape: [count, ...array.shape.slice(1)] },
  ];
  return {
    first,
    count,
    inputs: new Map(inputs.map(tensor)),
    labels: new Map(labels.map(({ task, read }, index) => [task, read(bytesAt(inputs.length + index), first)])),
  };
}

function checkLengths(arrays: readonly NpyArray[]): number {
  const [reference, ...others] = arrays;
  if (reference === undefined) throw invalid('the archive holds no array');
  const empty = arrays.find(({ shape }) => shape.includes(0));
  if (empty !== undefined) throw invalid(`array ${quoted(empty.name)} of shape ${shapeText(empty.shape)} holds nothing`);
  const samples = reference.shape[0] ?? 0;
  for (const { name, shape } of others) {
    if (shape[0] !== samples) {
      const expected = `array ${quoted(reference.name)} of shape ${shapeText(reference.shape)} has ${samples}`;
      throw invalid(`array ${quoted(name)} of shape ${shapeText(shape)} has ${shape[0]} samples, ${expected}`);
    }
  }
  return samples;
}

function inputsOf(arrays: readonly NpyArray[], tasks: readonly Task[]): Archive['inputs'] {
  const labels = new Set(tasks.map((task) => task.name));
  const inputs = arrays.filter((array) => !labels.has(array.name));
  if (inputs.length === 0)
    throw invalid(`the archive holds no input: every array (${listed(arrays.map((a) => a.name))}) is called as a task is`);
  return inputs.map((array) => {
    const type = inputTypeOf(array.dtype);
    if (type === undefined) {
      throw invalid(`array ${quoted(array.name)} is of the type ${array.dtype.descr}; an input is one of ${INPUT_TYPE_NAMES}`);
    }
    return { array, type };
  });
}

function labelsOf(arrays: readonly NpyArray[], tasks: readonly Task[]): Archive['labels'] {
  return tasks.map((task) => {
    const array = arrays.find(({ name }) => name === task.name);
    if (array === undefined)
      throw invalid(`no array holds the labels of task ${task.name}; there are ${listed(arrays.map((a) => a.name))}`);
    const what = `array ${quoted(array.name)}`;
    if (array.shape.length !== 1) {
      throw invalid(
        `${what} is of shape ${shapeText(array.shape)}; labels have one for each sample, shape ${shapeText(array.shape.slice(0, 1))}`,
      );
    }
    const read = labelReader(what, task, array.dtype);
    if (read === undefined) throw invalid(`${what} is of the type ${array.dtype.descr}; labels are ${LABEL_TYPES}`);
    return { array, task: task.name, read };
  });
}
