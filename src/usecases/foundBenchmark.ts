import type { Benchmark } from '../domain/benchmark.js';
import { JuaraError } from '../domain/errors.js';
import type { BlobStore, Reads } from '../ports.js';
import type { BenchmarkSource } from '../scoringPorts.js';
import type { Thoroughness } from './checkFiles.js';

/** The benchmark by exact match, or BENCHMARK_NOT_FOUND. */
export async function foundBenchmark(reads: Reads, name: string): Promise<Benchmark> {
  const benchmark = await reads.benchmark(name);
  if (benchmark === null) {
    throw new JuaraError(
      'BENCHMARK_NOT_FOUND',
      `there is no benchmark ${JSON.stringify(name.slice(0, 100))}; \`juara benchmark list\` shows those that exist`,
    );
  }
  return benchmark;
}

export function benchmarkSource(blobs: BlobStore, benchmark: Benchmark): BenchmarkSource & Pick<Benchmark, 'name' | 'sha256'> {
  const { name, sha256, format, csv, tasks } = benchmark;
  return { name, sha256, format, csv, tasks, path: blobs.localPath(sha256) };
}

/** Throws ARTIFACT_MISSING or ARTIFACT_DAMAGED unless the benchmark's bytes are those that were registered. */
export async function requireSoundBenchmark(
  blobs: BlobStore,
  benchmark: Pick<Benchmark, 'name' | 'sha256'>,
  how: Thoroughness = 'verify',
): Promise<void> {
  const state = await blobs[how](benchmark.sha256);
  if (state === 'ok') return;
  if (state === 'missing') {
    throw new JuaraError('ARTIFACT_MISSING', `the file of benchmark ${benchmark.name} is gone from the store: restore it from a backup`);
  }
  const digests = `has SHA-256 ${state.actual} instead of the recorded ${benchmark.sha256}`;
  throw new JuaraError('ARTIFACT_DAMAGED', `the file of benchmark ${benchmark.name} ${digests}: restore it from a backup`);
}
