export interface Random {
  /** Uniform in [0, 1), in steps of 2^-32. */
  uniform(): number;
  /** Standard normal deviate. */
  normal(): number;
}

/**
 * sfc32, the "small fast counter" generator of Chris Doty-Humphrey's PractRand 0.95 (pracrand.sourceforge.net): 128 bits of state, a
 * period of at least 2^32, the same numbers for the same seed everywhere. For making data, not for secrets.
 */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [0, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  // PractRand throws the first outputs away until the seed has mixed: 12 with a 64-bit seed, 15 to be on the safe side.
  for (let i = 0; i < 15; i++) next();
  const uniform = (): number => next() / 2 ** 32;
  // Box and Muller (1958), the cosine half; 1 - u keeps the logarithm away from 0.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
