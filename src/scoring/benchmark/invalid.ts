import { JuaraError } from '../../domain/errors.js';

/** The error of every fault in a benchmark's file. */
export function invalid(reason: string, cause?: unknown): JuaraError {
  return new JuaraError('BENCHMARK_INVALID', reason, {}, { cause });
}

/** Names for people, in quotes; a stranger chose them, so a long one is cut. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name);
}

const SHOWN = 20;

export function listed(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.slice(0, SHOWN).map(quoted).join(', ') + more;
}

export function shapeText(shape: readonly (number | string)[]): string {
  return `[${shape.join(', ')}]`;
}
