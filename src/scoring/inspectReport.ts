import { z } from 'zod';
import { FILE_FAULTS } from './fileFault.js';

const tensor = z.object({
  name: z.string(),
  dtype: z.string().min(1),
  shape: z.array(z.int().nonnegative().nullable()).readonly(),
  dimNames: z.array(z.string().nullable()).readonly(),
});

/** What the inspecting child says at its end. The parent checks it: native code has read a stranger's file in there. */
export const InspectReport = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('loaded'),
    signature: z.object({
      inputs: z.array(tensor).readonly(),
      outputs: z.array(tensor).readonly(),
      opset: z.int().nonnegative().nullable(),
      producer: z.string().nullable(),
    }),
  }),
  ...FILE_FAULTS,
]);
export type InspectReport = z.infer<typeof InspectReport>;
