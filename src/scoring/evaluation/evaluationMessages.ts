import { z } from 'zod';
import type { BenchmarkSource, ModelSource } from '../../scoringPorts.js';
import { FILE_FAULTS } from '../fileFault.js';

/** What the evaluating child is told, as a structured clone; it is the server's own word. */
export interface EvaluationJob {
  readonly model: ModelSource;
  readonly benchmark: BenchmarkSource;
  /** Must not exist yet: the samples' predictions go there (docs/benchmarks.md). */
  readonly predictionsPath: string;
  /** Threads that the model computes with. */
  readonly threads: number;
}

const milliseconds = z.number().nonnegative();

const evaluated = z.object({
  kind: z.literal('evaluated'),
  samples: z.int().positive(),
  /** What whoever reads the numbers should know. */
  notes: z.array(z.string().max(4000)).readonly(),
  /** Quantiles of the time that the model takes for one sample. */
  latency: z.object({ p50: milliseconds, p95: milliseconds }),
});
export type Evaluated = Omit<z.infer<typeof evaluated>, 'kind'>;

/** What it says: `progress` any number of times, then one of the others. The parent checks it: a stranger's model ran in there. */
export const EvaluationReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.int().nonnegative(), of: z.int().positive() }),
  evaluated,
  ...FILE_FAULTS,
]);
export type EvaluationReport = z.infer<typeof EvaluationReport>;
