import type { Benchmark } from '../domain/benchmark.js';
import { JuaraError } from '../domain/errors.js';
import type { JuaraContext } from './context.js';

/** The benchmark that a record of ours names, through the loader. */
export async function findBenchmark({ loaders }: JuaraContext, name: string): Promise<Benchmark> {
  const found = await loaders.benchmarks.load(name);
  if (found === null) throw new JuaraError('DATABASE_DAMAGED', `a record names benchmark ${name}, which is gone: restore a backup`);
  return found;
}

/** The same for a name that may be null. */
export function findBenchmarkOrNull(context: JuaraContext, name: string | null): Promise<Benchmark> | null {
  return name === null ? null : findBenchmark(context, name);
}
