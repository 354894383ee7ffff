import { z } from 'zod';
import type { ModelSource } from '../../scoringPorts.js';
import type { Feed } from '../model/feed.js';

/** What the parent says, as a structured clone: `load` once, first; then any number of `run`, each after the answer to the one before. */
export type ToChild =
  | { readonly kind: 'load'; readonly model: ModelSource; readonly threads: number }
  | { readonly kind: 'run'; readonly feeds: readonly Feed[] };

const reason = z.string().min(1).max(1000);
const Refused = z.object({ kind: z.literal('refused'), reason });
const Memory = z.object({ kind: z.literal('memory') });

const modelInput = z.object({
  name: z.string(),
  dtype: z.string().min(1),
  /** Null: a free dimension. Empty: a scalar, or of no declared shape. */
  shape: z.array(z.int().nonnegative().nullable()).readonly(),
});
export type ModelInput = z.infer<typeof modelInput>;

/** The child's answers are checked: native code has read a stranger's file in there. */
export const LoadReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded'), inputs: z.array(modelInput).readonly() }),
  Refused,
  Memory,
]);
export type LoadReport = z.infer<typeof LoadReport>;

const probability = z.number().min(0).max(1);
const taskAnswer = z.object({
  task: z.string(),
  class: z.string(),
  probability,
  probabilities: z.array(z.object({ class: z.string(), probability })).readonly(),
});

export const RunReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answered'), tasks: z.array(taskAnswer).readonly(), milliseconds: z.number().nonnegative() }),
  /** The numbers that were sent are none that the model takes. */
  z.object({ kind: z.literal('unfit'), reason }),
  Refused,
  Memory,
]);
export type RunReport = z.infer<typeof RunReport>;
