import type { SeededRandom } from '../../../src/domain/evidence/resampling/seededRandom.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';

/** How strongly a model sees the true class, in standard deviations of the noise; `rare`: of Large and Moderate. */
export interface Skill {
  readonly magnitude: number;
  readonly azimuth: number;
  readonly rare: number;
}

const MAGNITUDES = ['Large', 'Medium', 'Moderate', 'Normal'];
const AZIMUTHS = ['E', 'N', 'NE', 'NW', 'Normal', 'S', 'SE', 'SW', 'W'];
/** Of 300 samples, as rare as in the example: 4 Large and 3 Moderate of 304. */
const OF_300 = { Large: 4, Medium: 113, Moderate: 3, Normal: 180 };
const NORMAL = { magnitude: 3, azimuth: 4 };

interface Labels {
  readonly magnitude: Int32Array;
  readonly azimuth: Int32Array;
}

/** A benchmark: its labels, and what makes each sample hard for every model. */
export interface World {
  readonly labels: Labels;
  readonly noise: { readonly magnitude: Float64Array; readonly azimuth: Float64Array };
}

/** `samples`: a multiple of 300. What is no event (Normal) has no direction; the others' directions are evenly divided. */
export function drawWorld(random: SeededRandom, samples: number): World {
  const magnitude = Int32Array.from(
    MAGNITUDES.flatMap((name, c) => Array<number>((OF_300[name as keyof typeof OF_300] * samples) / 300).fill(c)),
  );
  let events = 0;
  const azimuth = magnitude.map((c) => {
    if (c === NORMAL.magnitude) return NORMAL.azimuth;
    const direction = events++ % 8;
    return direction < NORMAL.azimuth ? direction : direction + 1;
  });
  const normals = (count: number): Float64Array => new Float64Array(count).map(() => random.normal());
  return {
    labels: { magnitude, azimuth },
    noise: { magnitude: normals(samples * MAGNITUDES.length), azimuth: normals(samples * AZIMUTHS.length) },
  };
}

/** What a model of this skill answers. `shared`: correlation of its errors with other models', 0 to 1. */
export function answer(random: SeededRandom, world: World, skill: Skill, shared: number): TaskPredictions[] {
  const rare = (c: number): boolean => MAGNITUDES[c] === 'Large' || MAGNITUDES[c] === 'Moderate';
  const { labels, noise } = world;
  return [
    predict(random, 'magnitude', MAGNITUDES, labels.magnitude, noise.magnitude, shared, skill.magnitude, (c) =>
      rare(c) ? skill.rare : skill.magnitude,
    ),
    predict(random, 'azimuth', AZIMUTHS, labels.azimuth, noise.azimuth, shared, skill.azimuth, () => skill.azimuth),
  ];
}

function predict(
  random: SeededRandom,
  task: string,
  classes: readonly string[],
  labels: Int32Array,
  noise: Float64Array,
  shared: number,
  strength: number,
  signal: (label: number) => number,
): TaskPredictions {
  const k = classes.length;
  const bias = classes.map((_, c) => Math.log(labels.reduce((count, label) => count + (label === c ? 1 : 0), 0) / labels.length));
  const [common, own] = [Math.sqrt(shared), Math.sqrt(1 - shared)];
  const probabilities = new Float32Array(noise.length);
  const predicted = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    const seenAs = signal(label);
    let sum = 0;
    let best = 0;
    for (let c = 0; c < k; c++) {
      const seen = (c === label ? seenAs : 0) + common * (noise[i * k + c] ?? 0) + own * random.normal();
      // What a model that knows its own strength and the classes' shares gives the class.
      const weight = Math.exp(strength * seen + (bias[c] ?? 0));
      probabilities[i * k + c] = weight;
      sum += weight;
      if ((probabilities[i * k + c] ?? 0) > (probabilities[i * k + best] ?? 0)) best = c;
    }
    predicted[i] = best;
    for (let c = 0; c < k; c++) probabilities[i * k + c] = (probabilities[i * k + c] ?? 0) / sum;
  }
  return { task, classes, absent: [], negativeClass: 'Normal', labels, predicted, probabilities };
}
