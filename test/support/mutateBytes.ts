import type { Seeded } from '../torture/seeded.js';

type Mutation = (bytes: Buffer, random: Seeded, others: readonly Buffer[]) => Buffer;

const between = (bytes: Buffer, random: Seeded): [number, number] => {
  const [a, b] = [random.below(bytes.length + 1), random.below(bytes.length + 1)];
  return a < b ? [a, b] : [b, a];
};

/** Bytes that mean something to protobuf: the ends of varints, signs, and the tags of a message's first fields. */
const TELLING = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x08, 0x0a, 0x12, 0x3a, 0x42];

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const changed = Buffer.from(bytes);
    for (let n = 1 + random.below(3); n > 0; n -= 1) {
      const at = random.below(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    }
    return changed;
  },
  function setTellingBytes(bytes, random) {
    const changed = Buffer.from(bytes);
    for (let n = 1 + random.below(4); n > 0; n -= 1) changed[random.below(changed.length)] = random.pick(TELLING) ?? 0;
    return changed;
  },
  function lengthenVarint(bytes, random) {
    const at = random.below(bytes.length);
    const long = Buffer.from(Array.from({ length: 1 + random.below(10) }, () => 0x80 | random.below(128)));
    return Buffer.concat([bytes.subarray(0, at), long, bytes.subarray(at)]);
  },
  function cutShort(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  function cutOut(bytes, random) {
    const [from, to] = between(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function repeat(bytes, random) {
    const [from, to] = between(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  function splice(bytes, random, others) {
    const other = random.pick(others) ?? bytes;
    const [from, to] = between(other, random);
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)]);
  },
];

/** Gentle ones: files that still look like models get past the first look, to where native code reads them. */
const GENTLE = MUTATIONS.slice(0, 2);

/** One of `seeds` with one gentle fault, or up to three of any kind; the same `random` makes the same one. */
export function mutateBytes(seeds: readonly Buffer[], random: Seeded): Buffer {
  const seed = random.pick(seeds) ?? Buffer.alloc(0);
  if (random.chance(0.6)) return random.pick(GENTLE)?.(seed, random, seeds) ?? seed;
  let bytes = seed;
  for (let n = 1 + random.below(3); n > 0 && bytes.length > 0; n -= 1) bytes = random.pick(MUTATIONS)?.(bytes, random, seeds) ?? bytes;
  return bytes;
}
