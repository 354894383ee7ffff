import { expect } from 'vitest';
import type { ClassifierTask } from '../../../src/demo/encodeClassifier.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import { answered, chances } from './classifier.js';

/** Holds every probability and every label against the closed form; a class that the head lacks has 0. */
export function expectRight(
  predictions: TaskPredictions | undefined,
  head: ClassifierTask,
  samples: number,
  labelled = head.classes,
  digits = 5,
): void {
  if (predictions === undefined) throw new Error(`no predictions of ${head.name}`);
  const { task, classes, labels, probabilities } = predictions;
  expect(task).toBe(head.name);
  expect(labels).toHaveLength(samples);
  expect(probabilities).toHaveLength(samples * classes.length);
  for (let i = 0; i < samples; i += 1) {
    const right = chances(head, i);
    const answer = answered(predictions, i);
    for (const name of classes)
      expect(answer[name]).toBeCloseTo(head.classes.includes(name) ? (right[head.classes.indexOf(name)] ?? -1) : 0, digits);
    expect(classes[labels[i] ?? -1]).toBe(labelled[(i * 7) % labelled.length]);
  }
}
