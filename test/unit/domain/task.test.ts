import { describe, expect, it } from 'vitest';
import { PRECURSOR_TASKS } from '../../../src/domain/precursor.js';
import { checkTasks, classOf, type Task } from '../../../src/domain/task.js';

const [magnitude, azimuth] = PRECURSOR_TASKS as [Task, Task];

describe('tasks', () => {
  it('are sound in the shipped example', () => expect(checkTasks(PRECURSOR_TASKS)).toBe(PRECURSOR_TASKS));

  it.each([
    [6, 'Large'],
    [5.999, 'Medium'],
    [5, 'Medium'],
    [4, 'Moderate'],
    [3.99, 'Normal'],
    [0, 'Normal'],
    [9.5, 'Large'],
  ])('bins magnitude %d as %s', (value, name) => {
    expect(classOf(magnitude, value)).toBe(name);
  });

  it.each([
    [0, 'N'],
    [22.4, 'N'],
    [22.5, 'NE'],
    [45, 'NE'],
    [90, 'E'],
    [180, 'S'],
    [270, 'W'],
    [337.4, 'NW'],
    [337.5, 'N'],
    [359.9, 'N'],
  ])('bins azimuth %d as %s', (value, name) => {
    expect(classOf(azimuth, value)).toBe(name);
  });

  it('refuses a value that no bin holds', () => {
    expect(() => classOf(azimuth, -1)).toThrowError(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it.each<[string, Partial<Task>]>([
    ['one class', { classes: ['a'] }],
    ['a class twice', { classes: ['a', 'a'] }],
    ['an unknown negative class', { negativeClass: 'zz' }],
    ['an unknown critical class', { criticalClasses: ['zz'] }],
    [
      'overlapping bins',
      {
        bins: [
          { class: 'a', min: 0, max: 2 },
          { class: 'b', min: 1, max: 3 },
        ],
      },
    ],
    ['an empty bin', { bins: [{ class: 'a', min: 2, max: 2 }] }],
  ])('refuses %s', (_what, part) => {
    const task: Task = { name: 't', classes: ['a', 'b'], negativeClass: null, criticalClasses: [], bins: [], ...part };
    expect(() => checkTasks([task])).toThrowError(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
