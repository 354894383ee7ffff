import { z } from 'zod';
import { FILE_FAULTS } from '../fileFault.js';

const bin = z.object({ class: z.string(), min: z.number().nullable(), max: z.number().nullable() });
const strings = z.array(z.string()).readonly();

/** What the scanning child is told to read: a BenchmarkSource. */
export const ScanJob = z.object({
  path: z.string(),
  format: z.enum(['NPZ', 'CSV']),
  csv: z
    .object({
      input: z.string(),
      features: strings,
      labels: z.array(z.object({ task: z.string(), column: z.string() })).readonly(),
    })
    .nullable(),
  tasks: z
    .array(
      z.object({
        name: z.string(),
        classes: strings,
        negativeClass: z.string().nullable(),
        criticalClasses: strings,
        bins: z.array(bin).readonly(),
      }),
    )
    .readonly(),
});

const count = z.int().nonnegative();

/** What it says at its end. The parent checks it: a stranger's file was read in there. */
export const ScanReport = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scanned'),
    samples: z.int().positive(),
    inputs: z.array(z.object({ name: z.string(), dtype: z.string().min(1), sampleShape: z.array(count).readonly() })).readonly(),
    labelCounts: z.array(z.object({ task: z.string(), counts: z.array(count).readonly() })).readonly(),
  }),
  ...FILE_FAULTS,
]);
export type ScanReport = z.infer<typeof ScanReport>;
