import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClassifierTask } from '../../../src/demo/encodeClassifier.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { arrays, chances, classifier, featuresOf, HEAD, TASK, task } from './classifier.js';
import { benchmarkOf, evaluated, modelOf } from './evaluators.js';
import { expectRight } from './expectRight.js';

const KIND = task('kind', ['old', 'new']);
const KIND_HEAD: ClassifierTask = {
  name: 'kind',
  classes: ['old', 'new'],
  weights: [
    [0.5, 0],
    [0, 0.25],
  ],
  bias: [0, 0.5],
};

describe('the answers of a model', () => {
  it('are the probabilities that it gives, or softmax of its logits', async () => {
    const benchmark = await benchmarkOf(arrays(10));
    for (const logits of [false, true]) {
      const { samples, notes, tasks } = await evaluated(await modelOf(classifier({ logits })), benchmark);
      expect({ samples, notes }).toEqual({ samples: 10, notes: [] });
      expect(tasks).toHaveLength(1);
      expectRight(tasks[0], HEAD, 10);
      const likeliest = Array.from({ length: 10 }, (_, i) => chances(HEAD, i).indexOf(Math.max(...chances(HEAD, i))));
      expect([...(tasks[0]?.predicted ?? [])]).toEqual(likeliest);
    }
  });

  it.each(['float16', 'float32', 'float64', 'uint8', 'int32', 'int64'])('come out the same of %s inputs', async (dtype) => {
    // More than a batch: the second one is read from the middle of an array.
    const { tasks } = await evaluated(await modelOf(classifier({ dtype })), await benchmarkOf(arrays(600, dtype)));
    expectRight(tasks[0], HEAD, 600);
  });

  it.each([
    ['float16', 3],
    ['float64', 5],
  ])('come out the same of %s outputs', async (dtype, digits) => {
    for (const logits of [false, true]) {
      const model = await modelOf(classifier({ answerType: dtype, logits }));
      const { tasks } = await evaluated(model, await benchmarkOf(arrays(600)));
      expectRight(tasks[0], HEAD, 600, HEAD.classes, digits);
    }
  });

  it('come out the same of a CSV file', async () => {
    const path = join(await temporaryFolder(), 'benchmark.csv');
    const rows = Array.from({ length: 300 }, (_, i) => `${featuresOf(i).join(',')},${TASK.classes[(i * 7) % 3]}`);
    await writeFile(path, `a,b,class\n${rows.join('\n')}\n`);
    const csv = { input: 'features', features: ['a', 'b'], labels: [{ task: 'side', column: 'class' }] };
    const { samples, tasks } = await evaluated(await modelOf(classifier()), { path, format: 'CSV', csv, tasks: [TASK] });
    expect(samples).toBe(300);
    expectRight(tasks[0], HEAD, 300);
  });

  it('are kept for each task', async () => {
    const model = await modelOf(classifier({ heads: [HEAD, KIND_HEAD] }), { tasks: [TASK, KIND] });
    const { tasks } = await evaluated(model, await benchmarkOf(arrays(10, 'float32', [KIND, TASK]), [KIND, TASK]));
    expect(tasks.map((t) => t.task).toSorted()).toEqual(['kind', 'side']);
    expectRight(
      tasks.find((t) => t.task === 'side'),
      HEAD,
      10,
    );
    expectRight(
      tasks.find((t) => t.task === 'kind'),
      KIND_HEAD,
      10,
    );
  });
});

describe('classes', () => {
  /** The same model with its outputs in another order. */
  const permuted = (order: readonly number[]): ClassifierTask => ({
    ...HEAD,
    classes: order.map((c) => HEAD.classes[c] ?? ''),
    weights: order.map((c) => HEAD.weights[c] ?? []),
    bias: order.map((c) => HEAD.bias[c] ?? 0),
  });
  const mappings = ({ classes }: ClassifierTask) => ({ side: Object.fromEntries(classes.map((name, i) => [String(i), name])) });

  it('are matched by name: the order of the outputs changes nothing', async () => {
    const benchmark = await benchmarkOf(arrays(10));
    const straight = await evaluated(await modelOf(classifier()), benchmark);
    for (const order of [
      [2, 0, 1],
      [1, 0, 2],
    ]) {
      const head = permuted(order);
      const { tasks } = await evaluated(await modelOf(classifier({ heads: [head] }), { classMappings: mappings(head) }), benchmark);
      expectRight(tasks[0], HEAD, 10);
      expect(tasks[0]?.classes).toEqual(TASK.classes);
      expect(tasks[0]?.predicted).toEqual(straight.tasks[0]?.predicted);
    }
  });

  it('that the model does not know get 0, and their samples are counted', async () => {
    const head = permuted([2, 0]);
    const model = await modelOf(classifier({ heads: [head] }), { classMappings: mappings(head) });
    const { notes, tasks } = await evaluated(model, await benchmarkOf(arrays(10)));
    expectRight(tasks[0], head, 10, TASK.classes);
    expect(tasks[0]?.absent).toEqual(['down']);
    // Labels are 7 i mod 3: of 10 samples, 1, 4 and 7 are `down`.
    expect(notes).toEqual(['task side: the model does not know down; 3 samples of it count as errors']);
  });

  it('that the benchmark does not know come after its own, with a note', async () => {
    const few = task('side', ['level', 'up']);
    const { notes, tasks } = await evaluated(await modelOf(classifier()), await benchmarkOf(arrays(10, 'float32', [few]), [few]));
    expectRight(tasks[0], HEAD, 10, few.classes);
    expect(tasks[0]?.classes).toEqual(['level', 'up', 'down']);
    expect(notes).toEqual(['task side: the benchmark has no down, so that each answer down is an error']);
  });

  it('by the hundred still make a note that is told', async () => {
    const many = task('side', [...TASK.classes, ...Array.from({ length: 900 }, (_, i) => `class number ${i}`)]);
    const model = await modelOf(classifier(), { classMappings: mappings(HEAD) });
    const { notes, tasks } = await evaluated(model, await benchmarkOf(arrays(10, 'float32', [many]), [many]));
    expect(tasks[0]?.absent).toHaveLength(900);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('class number 0');
    expect(notes[0]?.length).toBeLessThan(2000);
  });
});

describe('tasks that one side only has', () => {
  it('are left out with a note', async () => {
    const both = { tasks: [TASK, KIND] };
    const model = await modelOf(classifier({ heads: [HEAD, KIND_HEAD] }), both);
    const unlabelled = await evaluated(model, await benchmarkOf(arrays(10)));
    expect(unlabelled.tasks.map((t) => t.task)).toEqual(['side']);
    expect(unlabelled.notes).toEqual(["the benchmark has no labels for the model's task kind, which has no numbers therefore"]);

    const benchmark = await benchmarkOf(arrays(10, 'float32', [TASK, KIND]), [TASK, KIND]);
    const unanswered = await evaluated(await modelOf(classifier()), benchmark);
    expectRight(unanswered.tasks[0], HEAD, 10);
    expect(unanswered.notes).toEqual(["the model does not answer the benchmark's task kind, which has no numbers therefore"]);
  });
});
