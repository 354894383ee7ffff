import { type FileHandle, open } from 'node:fs/promises';
import { JuaraError } from '../../domain/errors.js';
import type { TaskPredictions } from '../../domain/taskPredictions.js';
import { inputTypeOf, inputValues } from '../benchmark/inputValues.js';
import { integerDecoder, stringDecoder } from '../benchmark/labelValues.js';
import { type NpyArray, openRows, readArray } from '../benchmark/npyArray.js';
import { zipEntries } from '../benchmark/zipEntries.js';
import { arrayNames } from './arrayNames.js';
import { predictedClasses } from './predictedClasses.js';

/** The tasks of a file of predictions in the order in which they were written. ARTIFACT_DAMAGED where it is no such file. */
export async function readPredictions(path: string): Promise<TaskPredictions[]> {
  const file = await open(path, 'r');
  try {
    const arrays = new Map<string, NpyArray>();
    for (const entry of await zipEntries(path)) {
      const array = await readArray(file, entry);
      arrays.set(array.name, array);
    }
    const tasks: TaskPredictions[] = [];
    for (const name of arrays.keys()) if (arrays.has(arrayNames(name).classes)) tasks.push(await readTask(file, arrays, name));
    return tasks;
  } catch (error) {
    throw error instanceof JuaraError ? damaged(error.message) : error;
  } finally {
    await file.close();
  }
}

async function readTask(file: FileHandle, arrays: ReadonlyMap<string, NpyArray>, task: string): Promise<TaskPredictions> {
  const names = arrayNames(task);
  const classes = await strings(file, arrays, names.classes);
  const probabilities = await floats(file, arrays, names.probabilities);
  const labels = await integers(file, arrays, names.labels);
  if (probabilities.length !== labels.length * classes.length) {
    throw damaged(`task ${task}: ${probabilities.length} probabilities for ${labels.length} samples of ${classes.length} classes`);
  }
  const [negativeClass = null] = await strings(file, arrays, names.negative);
  const predicted = predictedClasses(probabilities, classes.length);
  return { task, classes, absent: await strings(file, arrays, names.absent), negativeClass, labels, predicted, probabilities };
}

async function floats(file: FileHandle, arrays: ReadonlyMap<string, NpyArray>, name: string): Promise<Float32Array> {
  const { array, bytes } = await valuesOf(file, arrays, name);
  const type = inputTypeOf(array.dtype);
  const values = type && inputValues(bytes, array.dtype, type);
  return values instanceof Float32Array ? values : wrongType(array);
}

async function integers(file: FileHandle, arrays: ReadonlyMap<string, NpyArray>, name: string): Promise<Int32Array> {
  const { array, bytes } = await valuesOf(file, arrays, name);
  const values = integerDecoder(array.dtype)?.(bytes);
  return values instanceof Int32Array ? values : wrongType(array);
}

async function strings(file: FileHandle, arrays: ReadonlyMap<string, NpyArray>, name: string): Promise<readonly string[]> {
  const { array, bytes } = await valuesOf(file, arrays, name);
  return stringDecoder(array.dtype)?.(bytes) ?? wrongType(array);
}

async function valuesOf(
  file: FileHandle,
  arrays: ReadonlyMap<string, NpyArray>,
  name: string,
): Promise<{ array: NpyArray; bytes: Buffer }> {
  const array = arrays.get(name);
  if (array === undefined) throw damaged(`there is no array ${name}`);
  const cursor = await openRows(file, array, 0);
  try {
    const bytes = await cursor.rows(array.shape[0] ?? 0);
    await cursor.finish();
    return { array, bytes };
  } finally {
    await cursor.close();
  }
}

function wrongType({ name, dtype }: NpyArray): never {
  throw damaged(`array ${name} is of the type ${dtype.descr}`);
}

function damaged(reason: string): JuaraError {
  return new JuaraError('ARTIFACT_DAMAGED', `the predictions cannot be read: ${reason}`);
}
