import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { ziggurat } from './ziggurat.js';

/** Random numbers that the seed decides. */
export interface SeededRandom {
  /** Between 0 and 1, never either. */
  uniform(): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Fills an array with gamma variables of scale 1 and these shapes, all > 0. */
  gammas(shapes: Float64Array): (into: Float64Array) => void;
}

/** Not for secrets: xoroshiro128+ (Blackman, Vigna, "Scrambled linear pseudorandom number generators", 2018). */
export function seededRandom(seed: number): SeededRandom {
  const source = xoroshiro128plus(seed);
  const uniform = (): number => ((source.next() >>> 0) + 0.5) * 2 ** -32;
  const exponential = (): number => -Math.log(uniform());
  const normal = ziggurat(source, uniform);
  /**
   * Gamma of shape d + 1/3 >= 1, with c = 1 / sqrt(9 d): Marsaglia, Tsang, "A simple method for generating gamma variables", ACM
   * Transactions on Mathematical Software 26 (2000) 363-372.
   */
  const fromOne = (d: number, c: number): number => {
    for (;;) {
      const x = normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = uniform();
      const square = x * x;
      if (u < 1 - 0.0331 * square * square || Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))) return d * v;
    }
  };
  const gammas = (shapes: Float64Array): ((into: Float64Array) => void) => {
    // A shape below 1 is drawn one higher and taken times u^(1 / shape), in the same paper.
    const ds = shapes.map((shape) => (shape < 1 ? shape + 1 : shape) - 1 / 3);
    const cs = ds.map((d) => 1 / Math.sqrt(9 * d));
    const powers = shapes.map((shape) => (shape < 1 ? 1 / shape : 0));
    return (into) => {
      for (let i = 0; i < ds.length; i++) {
        const drawn = fromOne(ds[i] ?? 1, cs[i] ?? 1);
        const power = powers[i] ?? 0;
        into[i] = power === 0 ? drawn : drawn * uniform() ** power;
      }
    };
  };
  return { uniform, normal, exponential, gammas };
}
