import { z } from 'zod';
import { type ErrorCode, JuaraError } from '../domain/errors.js';
import type { ChildAnswer } from './childPool.js';

const refused = z.object({ kind: z.literal('refused'), reason: z.string().min(1).max(1000) });
const memory = z.object({ kind: z.literal('memory') });

/** What a child that opens a file may report of the file's faults. */
export const FILE_FAULTS = [refused, memory] as const;
type FileFault = z.infer<(typeof FILE_FAULTS)[number]>;

/** How to speak of a file's faults. */
export interface FileFaultWords {
  readonly code: ErrorCode;
  /** What the process does to the file: load, read. */
  readonly verb: string;
  readonly gerund: string;
  /** E.g. "onnxruntime crashed while it loaded the file". */
  readonly crashed: string;
}

/** The report of a child that opened a file, checked by `schema`; throws where there is none, or where it tells of a fault. */
export function goodReport<Good extends { kind: string }>(
  answer: ChildAnswer,
  schema: z.ZodType<Good | FileFault>,
  words: FileFaultWords,
  memoryMb: number,
): Good {
  if (answer.message === undefined) throw unfinished(answer, words);
  const { data } = schema.safeParse(answer.message);
  if (data === undefined) throw new JuaraError(words.code, 'the process that opened the file gave a garbled answer');
  if (!isFault(data)) return data;
  throw data.kind === 'memory' ? needsMemory(memoryMb, words) : new JuaraError(words.code, data.reason);
}

function isFault(report: { readonly kind: string }): report is FileFault {
  return report.kind === 'refused' || report.kind === 'memory';
}

export function needsMemory(memoryMb: number, { code, verb }: FileFaultWords): JuaraError {
  return new JuaraError(code, `the file needs more than ${memoryMb} MB to ${verb}`);
}

/** Why a child went without a message: a fault of the file, or of the server's own. */
function unfinished({ end, lastWords }: ChildAnswer, words: FileFaultWords): Error {
  switch (end.kind) {
    case 'memory':
      return needsMemory(end.memoryMb, words);
    case 'timeout':
      return new JuaraError(words.code, `${words.gerund} took longer than ${end.timeoutMs / 1000} s`);
    case 'crashed':
      return new JuaraError(words.code, `${words.crashed} (${end.signal})`);
    case 'exited':
    case 'notStarted':
    case 'stopped':
      return new Error(`the process that was to ${words.verb} a file did not do its work (${end.kind}): ${lastWords.trim().slice(-400)}`);
    default:
      return end satisfies never;
  }
}
