import { JuaraError } from '../domain/errors.js';
import type { Reads } from '../ports.js';

/** UNKNOWN_METRIC where no version of the model carries one of the metrics: a misspelt name must not look like an empty list. */
export async function requireKnownMetrics(reads: Reads, model: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const known = await reads.metricNames(model);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const carried = known.length === 0 ? 'none at all' : known.join(', ');
  throw new JuaraError(
    'UNKNOWN_METRIC',
    `no version of ${model} carries the metric ${JSON.stringify(unknown.slice(0, 100))}; they carry ${carried}`,
  );
}
