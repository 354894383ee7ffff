import { printable } from './printable.js';

/** Columns aligned by the width that a terminal gives their text, two spaces between them, no borders, no trailing spaces. */
export async function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const lines = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: head.map((_, i) => (right.includes(i) ? 'right' : 'left')),
  });
  for (const row of [head, ...rows]) lines.push(row.map(printable));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
