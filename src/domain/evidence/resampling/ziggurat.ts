const LAYERS = 128;
/** Where the tail begins, and the area of each layer, for 128 layers. */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

const density = (x: number): number => Math.exp(-0.5 * x * x);

/** Right edges of the layers, the widest first, down to 0; and the density there. */
const EDGES = new Float64Array(LAYERS + 1);
EDGES[0] = AREA / density(TAIL);
EDGES[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  const before = EDGES[i - 1] ?? 0;
  EDGES[i] = Math.sqrt(-2 * Math.log(AREA / before + density(before)));
}
const HEIGHTS = EDGES.map(density);
/** A place in a layer is one of 2^25, in both directions from 0. */
const STEPS = EDGES.map((edge) => edge / 2 ** 24);

/**
 * Normal numbers with mean 0 and variance 1: Marsaglia, Tsang, "The ziggurat method for generating random variables", Journal of
 * Statistical Software 5 (2000) 8, with the layer and the place in it from different bits (Doornik, "An improved ziggurat method to
 * generate normal random samples", 2005). `source`: 32 random bits at a time; `uniform`: between 0 and 1, never either.
 */
export function ziggurat(source: { next(): number }, uniform: () => number): () => number {
  return () => {
    for (;;) {
      const drawn = source.next();
      const layer = drawn & (LAYERS - 1);
      const x = (drawn >> 7) * (STEPS[layer] ?? 0);
      if (Math.abs(x) < (EDGES[layer + 1] ?? 0)) return x;
      if (layer === 0) return x < 0 ? -tail(uniform) : tail(uniform);
      const [low, high] = [HEIGHTS[layer] ?? 0, HEIGHTS[layer + 1] ?? 0];
      if (low + uniform() * (high - low) < density(x)) return x;
    }
  };
}

function tail(uniform: () => number): number {
  for (;;) {
    const beyond = -Math.log(uniform()) / TAIL;
    if (-2 * Math.log(uniform()) > beyond * beyond) return TAIL + beyond;
  }
}
