import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { TensorInfo } from '../../../src/domain/records.js';
import type { Task } from '../../../src/domain/task.js';
import { taskHeads } from '../../../src/scoring/model/taskHeads.js';
import { readHead } from '../../../src/scoring/predict/readHead.js';
import type { ModelSource } from '../../../src/scoringPorts.js';

const task = (name: string, classes: string[]): Task => ({ name, classes, negativeClass: null, criticalClasses: [], bins: [] });
const SIDE = task('side', ['up', 'down']);
const SIZE = task('size', ['large', 'medium', 'small']);
const output = (name: string, shape: (number | null)[]): TensorInfo => ({ name, dtype: 'float32', shape, dimNames: shape.map(() => null) });
const source = (parts: Partial<Pick<ModelSource, 'outputs' | 'classMappings' | 'tasks'>>) => ({
  outputs: [],
  classMappings: null,
  tasks: [SIDE],
  ...parts,
});
const failure = (message: RegExp) => expect.objectContaining({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(message) });

describe('the output of a task', () => {
  const outputs = [output('size', [null, 3]), output('y', [null, 2])];
  it('is the one named at registration, else the one of its name, else the only one', () => {
    const named = source({ tasks: [SIDE, SIZE], outputs: [{ task: 'side', output: 'y' }] });
    expect(taskHeads(named, outputs).map((head) => head.output)).toEqual(['y', 'size']);
    expect(taskHeads(source({}), [output('y', [null, 2])]).map((head) => head.output)).toEqual(['y']);
  });

  it('is asked for where it cannot be told', () => {
    expect(() => taskHeads(source({}), outputs)).toThrow(failure(/no output .* task side: it has size, y/));
    expect(() => taskHeads(source({ tasks: [SIDE, SIZE] }), [output('size', [null, 3])])).toThrow(failure(/task side/));
  });

  it('has as many values as the task has classes', () => {
    expect(() => taskHeads(source({}), [output('y', [null, 3])])).toThrow(failure(/output y has 3 values.*2 classes/));
    expect(taskHeads(source({}), [output('y', [null, null])])).toHaveLength(1);
    expect(taskHeads(source({}), [output('y', [])])).toHaveLength(1);
  });
});

describe('the classes of an output', () => {
  const y = [output('y', [])];
  const classes = (classMappings: ModelSource['classMappings']) => taskHeads(source({ classMappings }), y)[0]?.classes;

  it('are those of class_mappings.json by their positions, as numbers', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [String(11 - i), `c${11 - i}`]));
    expect(classes({ side: many })).toEqual(Array.from({ length: 12 }, (_, i) => `c${i}`));
    expect(classes({ side: { '1': 'up', '0': 'down' } })).toEqual(['down', 'up']);
  });

  it("are the task's where nothing else is said", () => {
    expect(classes(null)).toEqual(['up', 'down']);
    expect(classes({ size: { '0': 'large' } })).toEqual(['up', 'down']);
  });

  it.each([
    [{ side: { '0': 'up', '2': 'down' } }],
    [{ side: { '0': 'up', '1': 'up' } }],
    [{ side: { first: 'up' } }],
    [{ side: {} }],
    [{ side: { '0': 1 } }],
    [{ side: ['up', 'down'] }],
  ])('%j is refused', (mappings) => {
    expect(() => classes(mappings as ModelSource['classMappings'])).toThrow(failure(/class_mappings\.json, side/));
  });
});

describe('reading an output', () => {
  const head = { task: 'size', output: 'y', classes: SIZE.classes };
  const read = (values: number[], dims = [1, values.length]) => readHead(head, new Tensor('float32', values, dims));
  const chances = (values: number[]) => new Map(read(values).probabilities.map((p) => [p.class, p.probability]));

  it('takes probabilities for what they are', () => {
    expect(read([0.25, 0.25, 0.5]).probabilities).toEqual([
      { class: 'small', probability: 0.5 },
      { class: 'large', probability: 0.25 },
      { class: 'medium', probability: 0.25 },
    ]);
  });

  it('makes probabilities of logits, however large', () => {
    // Logits ln 1, ln 2, ln 5 and the same plus a constant have probabilities 1/8, 2/8 and 5/8.
    for (const shift of [0, 1000, -1000]) {
      const found = chances([shift, shift + Math.log(2), shift + Math.log(5)]);
      expect(found.get('large')).toBeCloseTo(1 / 8, 3);
      expect(found.get('small')).toBeCloseTo(5 / 8, 3);
    }
  });

  it('makes them sum to 1', () => {
    const sum = [...chances([0.3333, 0.3333, 0.333]).values()].reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  it.each([
    [[Number.NaN, 0, 1], /output y holds NaN/],
    [[Number.POSITIVE_INFINITY, 0, 1], /output y holds Infinity/],
    [[0.5, 0.5], /output y has shape \[1, 2\].*1 x 3 values/],
  ])('refuses %j', (values, message) => {
    expect(() => read(values)).toThrow(message);
  });

  it('refuses what are no floats, or not there', () => {
    expect(() => readHead(head, new Tensor('int32', [1, 2, 3], [1, 3]))).toThrow(/output y is int32/);
    expect(() => readHead(head, undefined)).toThrow(/output y is missing/);
  });

  it('reads the other float types', () => {
    expect(readHead(head, new Tensor('float64', [0.5, 0.25, 0.25], [1, 3])).probability).toBe(0.5);
    // 1/2, 1/4, 1/4 in binary16.
    expect(readHead(head, new Tensor('float16', Uint16Array.of(0x3800, 0x3400, 0x3400), [1, 3])).class).toBe('large');
  });
});
