import type { Batch } from '../benchmark/benchmarkReader.js';

/** A block's samples, `size` at a time; views of its arrays, not copies. The labels stay with the block. */
export function* batchesOf(block: Batch, size: number): Generator<Batch> {
  for (let at = 0; at < block.count; at += size) yield part(block, at, Math.min(size, block.count - at));
}

/** `count` samples from the block's sample `at` on. */
export function part(block: Batch, at: number, count: number): Batch {
  const inputs = new Map<string, Batch['inputs'] extends ReadonlyMap<string, infer Input> ? Input : never>();
  for (const [name, { data, dtype, shape }] of block.inputs) {
    const stride = data.length / block.count;
    inputs.set(name, { data: data.subarray(at * stride, (at + count) * stride), dtype, shape: [count, ...shape.slice(1)] });
  }
  return { first: block.first + at, count, inputs, labels: new Map() };
}
