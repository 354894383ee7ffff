/** What a task is measured by, for whoever measures it. */
export { confusionCounts } from './confusion.js';
export { countMeasures } from './countMeasures.js';
export { sampleMeasures } from './sampleMeasures.js';
