import { COMPASS } from './demoTasks.js';
import { createRandom, type Random } from './random.js';

/** One synthetic spectrogram: the standardised energy in each frequency band, and its true classes. */
export interface Sample {
  readonly features: readonly number[];
  readonly magnitude: string;
  readonly azimuth: string;
}

export interface Spectrograms {
  readonly train: readonly Sample[];
  readonly val: readonly Sample[];
  readonly test: readonly Sample[];
}

/** Bands of a spectrogram: the first half answers to magnitude, the second to azimuth, as the two magnetic components would. */
export const BANDS = 32;
const HALF = BANDS / 2;

/** Samples per magnitude class; the sizes of the sets are the original's, and so is how few are Large and Moderate. */
const COUNTS = {
  train: { Large: 18, Medium: 590, Moderate: 14, Normal: 762 },
  val: { Large: 4, Medium: 121, Moderate: 3, Normal: 156 },
  test: { Large: 4, Medium: 130, Moderate: 3, Normal: 167 },
} as const;

type Magnitude = keyof (typeof COUNTS)['train'];
/** How far a class stands out of the noise, whose standard deviation is 1 in every band. */
const LOUDNESS: Readonly<Record<Magnitude, number>> = { Large: 3.6, Medium: 2.4, Moderate: 1.9, Normal: 0 };
/** Where in the bands a class has its energy, 0 to 1: stronger events sound lower. */
const PITCH: Readonly<Record<Magnitude, number>> = { Large: 0.1, Medium: 0.4, Moderate: 0.75, Normal: 0.5 };
const DIRECTION_LOUDNESS = 0.6;
/** Turns of the direction's pattern over its bands. */
const TURNS = 2;

/**
 * The demo's data: 1384 samples to train, 284 to validate, 304 to test, always the same for the same seed. Magnitude shows as a bump
 * of energy, azimuth as the phase of a faint wave, so that neighbouring directions look alike and azimuth is the harder task.
 */
export function makeSpectrograms(seed: number): Spectrograms {
  const random = createRandom(seed);
  const set = (counts: Readonly<Record<Magnitude, number>>): Sample[] =>
    (Object.keys(counts) as Magnitude[]).flatMap((magnitude) =>
      Array.from({ length: counts[magnitude] }, (_, i) => makeSample(magnitude, i, random)),
    );
  return { train: set(COUNTS.train), val: set(COUNTS.val), test: set(COUNTS.test) };
}

/** A quiet record has no direction; the others take the directions in turn, so that each sector has its share. */
function makeSample(magnitude: Magnitude, index: number, random: Random): Sample {
  const sector = magnitude === 'Normal' ? null : index % COMPASS.length;
  const features = Array.from({ length: BANDS }, (_, band) => {
    const energy = band < HALF ? bump(magnitude, band / (HALF - 1)) : wave(sector, (band - HALF) / HALF);
    return energy + random.normal();
  });
  return { features, magnitude, azimuth: sector === null ? 'Normal' : (COMPASS[sector] ?? 'N') };
}

function bump(magnitude: Magnitude, place: number): number {
  const distance = (place - PITCH[magnitude]) / 0.2;
  return LOUDNESS[magnitude] * Math.exp((-distance * distance) / 2);
}

function wave(sector: number | null, place: number): number {
  if (sector === null) return 0;
  return DIRECTION_LOUDNESS * Math.cos(2 * Math.PI * (TURNS * place - sector / COMPASS.length));
}
