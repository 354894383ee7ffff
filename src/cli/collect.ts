import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { usage } from './CliError.js';

/** For options that may be given more than once. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** `name=value`, split at the first `=`. */
export function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw usage(`${JSON.stringify(text)} is not name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

export function decimal(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
}

export function whole(text: string): number {
  const value = decimal(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It is not a whole number from 0 up.');
  return value;
}

/** `true` or `false`. */
export function truth(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new InvalidArgumentError('Write true or false.');
  return text === 'true';
}

export function namedNumber(text: string): { name: string; value: number } {
  const [name, value] = pair(text);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw usage(`${JSON.stringify(text)}: ${JSON.stringify(value)} is not a finite number`);
  return { name, value: number };
}

/** `name=path`, or a path whose last part is the name. */
export function namedFile(text: string): [string, string] {
  return text.includes('=') ? pair(text) : [basename(text), text];
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw usage(`${path} cannot be read: ${error.message}`);
  });
}

export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usage(`${path} is not JSON: ${(error as Error).message}`);
  }
}
