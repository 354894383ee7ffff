import type onnxProto from 'onnx-proto';
import { type ClassifierTask, encodeModel, floatPort, heads } from '../../../src/demo/encodeClassifier.js';
import type { Task } from '../../../src/domain/task.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import type { NpyInput } from '../../support/npz.js';

export const task = (name: string, classes: readonly string[]): Task => ({
  name,
  classes,
  negativeClass: null,
  criticalClasses: [],
  bins: [],
});
export const TASK = task('side', ['up', 'down', 'level']);

/** The scores of a class are linear in two features. */
export const HEAD: ClassifierTask = {
  name: TASK.name,
  classes: TASK.classes,
  weights: [
    [0.5, -0.25],
    [-0.75, 0.5],
    [0.125, 0.25],
  ],
  bias: [0.25, -0.5, 1],
};

/** ONNX element types by NumPy's names (TensorProto.DataType). */
export const ELEMENT: Readonly<Record<string, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7, float16: 10, float64: 11 };

type Port = onnxProto.onnx.IValueInfoProto;

export interface ClassifierOptions {
  readonly heads?: readonly ClassifierTask[];
  readonly dtype?: string;
  readonly batch?: number | string;
  /** Of the outputs. */
  readonly answerType?: string;
  /** Without the softmax. */
  readonly logits?: boolean;
}

/** Input `features` [batch, 2] of a type; one output for each head. */
export function classifier({
  heads: tasks = [HEAD],
  dtype = 'float32',
  answerType = 'float32',
  batch = 'batch',
  logits = false,
}: ClassifierOptions = {}): Buffer {
  const { node, initializer, output } = heads('x', tasks);
  const scored = logits ? node.filter(({ opType }) => opType !== 'Softmax') : node;
  const answers = tasks.map(({ name }) => cast(logits ? `${name}.logits` : name, `${name}.answer`, answerType));
  const graph = { name: 'g', node: [cast('features', 'x', 'float32'), ...scored, ...answers], initializer };
  const ports = output.map((port) => typed({ ...port, name: `${port.name}.answer` }, answerType));
  return encodeModel({ ...graph, input: [typed(floatPort('features', [batch, 2]), dtype)], output: ports });
}

function cast(from: string, to: string, dtype: string): onnxProto.onnx.INodeProto {
  return { opType: 'Cast', input: [from], output: [to], attribute: [{ name: 'to', type: 2, i: ELEMENT[dtype] ?? 0 }] };
}

function typed({ name, type }: Port, dtype: string): Port {
  return { name, type: { tensorType: { ...type?.tensorType, elemType: ELEMENT[dtype] ?? 0 } } };
}

/** Features of a sample: small whole numbers, which every type holds. */
export const featuresOf = (sample: number): readonly [number, number] => [sample % 5, sample % 3];
const labelOf = (sample: number, classes: number): number => (sample * 7) % classes;

/** Arrays of a benchmark of `samples` samples. */
export function arrays(samples: number, dtype = 'float32', tasks: readonly Task[] = [TASK]): Record<string, NpyInput> {
  const indices = Array.from({ length: samples }, (_, i) => i);
  const labels = tasks.map(({ name, classes }): [string, NpyInput] => [
    name,
    { dtype: 'int64', shape: [samples], data: indices.map((i) => labelOf(i, classes.length)) },
  ]);
  return { features: { dtype, shape: [samples, 2], data: indices.flatMap((i) => [...featuresOf(i)]) }, ...Object.fromEntries(labels) };
}

/** Softmax of the head's scores for a sample, by the definition. */
export function chances({ weights, bias }: ClassifierTask, sample: number): number[] {
  const features = featuresOf(sample);
  const powers = weights.map((row, c) => Math.exp(row.reduce((sum, w, f) => sum + w * (features[f] ?? 0), bias[c] ?? 0)));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Probabilities of a sample by class. */
export function answered({ classes, probabilities }: TaskPredictions, sample: number): Record<string, number> {
  return Object.fromEntries(classes.map((name, c) => [name, probabilities[sample * classes.length + c] ?? Number.NaN]));
}
