import type { Benchmark } from '../../src/domain/benchmark.js';
import type { Evaluation } from '../../src/domain/evaluation.js';
import { aMetric } from './storageRecords.js';

/** Records with every field set to something. */
export function aBenchmark(name: string, patch: Partial<Benchmark> = {}): Benchmark {
  const task = { name: 'magnitude', classes: ['Large', 'Normal'], negativeClass: 'Normal', criticalClasses: ['Large'], bins: [] };
  return {
    name,
    sha256: 'b'.repeat(64),
    format: 'CSV',
    csv: { input: 'x', features: ['f1', 'f2'], labels: [{ task: 'magnitude', column: 'label' }] },
    samples: 304,
    inputs: [{ name: 'x', dtype: 'float32', sampleShape: [2] }],
    tasks: [task],
    createdAt: 3_000,
    uses: 0,
    ...patch,
  };
}

export function anEvaluation(id: string, model: string, version: string, benchmark: string, patch: Partial<Evaluation> = {}): Evaluation {
  return {
    id,
    model,
    version,
    benchmark,
    status: 'QUEUED',
    progress: 0,
    error: null,
    notes: ['the model knows no class NE'],
    metrics: [{ ...aMetric('magnitude_accuracy', 97.5), provenance: 'MEASURED', benchmark }],
    confusion: [
      {
        task: 'magnitude',
        classes: ['Large', 'Normal'],
        counts: [
          [3, 1],
          [0, 300],
        ],
      },
    ],
    predictions: 'c'.repeat(64),
    requestedBy: 'pipeline',
    queuedAt: 4_000,
    startedAt: null,
    finishedAt: null,
    ...patch,
  };
}
