import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that the seed decides. */
export interface SeededRandom {
  /** Between 0 and 1, never either. */
  uniform(): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Gamma with scale 1; shape > 0. */
  gamma(shape: number): number;
}

/** Not for secrets: xoroshiro128+ (Blackman, Vigna, "Scrambled linear pseudorandom number generators", 2018). */
export function seededRandom(seed: number): SeededRandom {
  const source = xoroshiro128plus(seed);
  const uniform = (): number => ((source.next() >>> 0) + 0.5) / 2 ** 32;
  const exponential = (): number => -Math.log(uniform());
  let spare = Number.NaN;
  /** Polar method: Marsaglia, Bray, "A convenient method for generating normal variables", SIAM Review 6 (1964) 260-264. */
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
  /** Marsaglia, Tsang, "A simple method for generating gamma variables", ACM Transactions on Mathematical Software 26 (2000) 363-372. */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = uniform();
      if (u < 1 - 0.0331 * x * x * x * x || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
    }
  };
  return { uniform, normal, exponential, gamma };
}
