import DataLoader from 'dataloader';
import type { Benchmark } from '../domain/benchmark.js';
import type { Decision } from '../domain/decision.js';
import type { StoredEvent } from '../domain/event.js';
import type { Policy } from '../domain/policy.js';
import type { Model, Version } from '../domain/records.js';
import type { Reads } from '../ports.js';

export interface PolicyKey {
  readonly model: string;
  readonly revision: number | null;
}

/** Look-ups of one operation, each batched over all who ask in the same moment. Null stands for "there is none". */
export interface Loaders {
  readonly models: DataLoader<string, Model | null>;
  /** By version id, `<model>_v<version>`. */
  readonly versions: DataLoader<string, Version | null>;
  /** By model name, highest version first. */
  readonly challengers: DataLoader<string, readonly Version[]>;
  /** By seq. */
  readonly events: DataLoader<number, StoredEvent | null>;
  readonly decisions: DataLoader<string, Decision | null>;
  /** By name. */
  readonly benchmarks: DataLoader<string, Benchmark | null>;
  /** revision null: the one in force. */
  readonly policies: DataLoader<PolicyKey, Policy | null, string>;
  /** Forgets everything: called after each mutation and before each event, so that no answer is older than what it answers. */
  clear(): void;
}

function byKey<K, T>(rows: readonly T[], keyOf: (row: T) => K): (key: K) => T | null {
  const map = new Map(rows.map((row) => [keyOf(row), row]));
  return (key) => map.get(key) ?? null;
}

async function challengersOf(reads: Reads, models: readonly string[]): Promise<Version[][]> {
  const versions = await reads.challengers(models);
  return models.map((model) => versions.filter((v) => v.model === model));
}

/** Where the port reads one at a time, the loader still asks once for each key. */
function oneByOne<K, T>(read: (key: K) => Promise<T>): (keys: readonly K[]) => Promise<T[]> {
  return (keys) => Promise.all(keys.map(read));
}

export function createLoaders(reads: Reads): Loaders {
  const loaders = {
    models: new DataLoader<string, Model | null>(async (names) => names.map(byKey(await reads.models(names), (m) => m.name))),
    versions: new DataLoader<string, Version | null>(async (ids) => ids.map(byKey(await reads.versions(ids), (v) => v.id))),
    challengers: new DataLoader<string, readonly Version[]>((models) => challengersOf(reads, models)),
    events: new DataLoader<number, StoredEvent | null>(oneByOne((seq) => reads.event(seq))),
    decisions: new DataLoader<string, Decision | null>(oneByOne((id) => reads.decision(id))),
    benchmarks: new DataLoader<string, Benchmark | null>(oneByOne((name) => reads.benchmark(name))),
    policies: new DataLoader<PolicyKey, Policy | null, string>(
      oneByOne(({ model, revision }) => (revision === null ? reads.policy(model) : reads.policy(model, revision))),
      { cacheKeyFn: ({ model, revision }) => `${model}\n${revision ?? 'latest'}` },
    ),
  };
  const all = Object.values(loaders) as DataLoader<unknown, unknown, unknown>[];
  return { ...loaders, clear: () => all.forEach((loader) => void loader.clearAll()) };
}
