import { canonicalJson, type Json } from './json.js';
import { defaultPolicy, type PolicyRules, PRECURSOR_POLICY } from './policy.js';
import type { Bin, Task } from './task.js';

/** Compass sectors of 45 degrees centred on their direction; N lies on both sides of 0. */
function compassBins(): Bin[] {
  const others = ['NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'].map((name, i) => ({ class: name, min: 22.5 + 45 * i, max: 67.5 + 45 * i }));
  return [{ class: 'N', min: 0, max: 22.5 }, ...others, { class: 'N', min: 337.5, max: 360 }];
}

/**
 * The two tasks that registry v2.0 documents describe: magnitude (moment magnitude) and azimuth (degrees clockwise from north) of
 * an expected earthquake. A document names no classes itself, so a model imported from one gets these.
 */
export const PRECURSOR_TASKS: readonly Task[] = [
  {
    name: 'magnitude',
    classes: ['Large', 'Medium', 'Moderate', 'Normal'],
    negativeClass: 'Normal',
    criticalClasses: ['Large'],
    bins: [
      { class: 'Normal', min: null, max: 4 },
      { class: 'Moderate', min: 4, max: 5 },
      { class: 'Medium', min: 5, max: 6 },
      { class: 'Large', min: 6, max: null },
    ],
  },
  {
    name: 'azimuth',
    classes: ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW', 'Normal'],
    negativeClass: 'Normal',
    criticalClasses: [],
    bins: compassBins(),
  },
];

/** First policy of a model that a document brought: the original pipeline's own where the tasks are its own, else their default. */
export function importedPolicy(tasks: readonly Task[]): PolicyRules {
  const same = canonicalJson(tasks as unknown as Json) === canonicalJson(PRECURSOR_TASKS as unknown as Json);
  return same ? PRECURSOR_POLICY : defaultPolicy(tasks);
}
