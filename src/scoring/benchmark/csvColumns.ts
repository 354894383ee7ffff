import type { CsvLayout } from '../../domain/benchmark.js';
import type { Task } from '../../domain/task.js';
import type { CsvRow } from './csvRows.js';
import { invalid, listed, quoted } from './invalid.js';

interface Column {
  readonly name: string;
  /** Place in the row. */
  readonly at: number;
}

/** Where the header puts what the layout names. */
export interface CsvColumns {
  readonly width: number;
  readonly features: readonly Column[];
  readonly labels: readonly { readonly task: Task; readonly column: Column; readonly indices: ReadonlyMap<string, number> }[];
}

export function locateColumns({ fields: header }: CsvRow, layout: CsvLayout, tasks: readonly Task[]): CsvColumns {
  if (layout.features.length === 0) throw invalid('the layout names no feature column');
  const places = new Map<string, number[]>();
  for (const [at, name] of header.entries()) places.set(name, [...(places.get(name) ?? []), at]);
  const locate = (name: string): Column => {
    const [at, again] = places.get(name) ?? [];
    if (at === undefined) throw invalid(`row 1 (the header) has no column ${quoted(name)}; it has ${listed(header)}`);
    if (again !== undefined) throw invalid(`row 1 (the header) has the column ${quoted(name)} twice`);
    return { name, at };
  };
  const stray = layout.labels.find((label) => !tasks.some((task) => task.name === label.task));
  if (stray !== undefined) throw invalid(`the layout gives a label column to ${quoted(stray.task)}, which is none of the tasks`);
  const labels = tasks.map((task) => {
    const [label, again] = layout.labels.filter((entry) => entry.task === task.name);
    if (label === undefined || again !== undefined) {
      throw invalid(`the layout gives task ${task.name} ${label === undefined ? 'no label column' : 'two label columns'}`);
    }
    return { task, column: locate(label.column), indices: new Map(task.classes.map((name, index) => [name, index])) };
  });
  return { width: header.length, features: layout.features.map(locate), labels };
}

export function checkWidth({ row, fields }: CsvRow, width: number): void {
  if (fields.length !== width) throw invalid(`row ${row} has ${fields.length} fields, the header has ${width}`);
}

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** The field as a number that float32 can hold. */
export function featureOf({ row, fields }: CsvRow, { name, at }: Column): number {
  const text = fields[at] ?? '';
  if (!NUMBER.test(text)) throw invalid(`row ${row}, column ${quoted(name)}: ${quoted(text)} is not a finite number`);
  const value = Math.fround(Number(text));
  if (!Number.isFinite(value)) throw invalid(`row ${row}, column ${quoted(name)}: ${quoted(text)} is too large for float32`);
  return value;
}

/** A class by its name; where no class is called so, by its index. */
export function labelOf({ row, fields }: CsvRow, { task, column, indices }: CsvColumns['labels'][number]): number {
  const text = fields[column.at] ?? '';
  const index = indices.get(text) ?? (/^\d{1,9}$/.test(text) ? Number(text) : -1);
  if (index >= 0 && index < task.classes.length) return index;
  const where = `row ${row}, column ${quoted(column.name)}`;
  throw invalid(`${where}: the label ${quoted(text)} is no class of task ${task.name}, which has ${listed(task.classes)}`);
}
