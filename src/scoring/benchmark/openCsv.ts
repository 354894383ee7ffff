import type { CsvLayout } from '../../domain/benchmark.js';
import type { Task } from '../../domain/task.js';
import type { Batch, BenchmarkReader } from './benchmarkReader.js';
import { type CsvColumns, checkWidth, featureOf, labelOf, locateColumns } from './csvColumns.js';
import { type CsvRow, csvRows } from './csvRows.js';
import { invalid } from './invalid.js';

interface Table {
  readonly path: string;
  readonly input: string;
  readonly columns: CsvColumns;
  readonly samples: number;
}

/** Reads the whole file once to count its samples; their values are checked as they are read. */
export async function openCsv(path: string, layout: CsvLayout, tasks: readonly Task[]): Promise<BenchmarkReader> {
  let columns: CsvColumns | null = null;
  let samples = 0;
  for await (const row of csvRows(path)) {
    if (columns === null) columns = locateColumns(row, layout, tasks);
    else {
      checkWidth(row, columns.width);
      samples += 1;
    }
  }
  if (columns === null) throw invalid('the file is empty: its first row must name the columns');
  if (samples === 0) throw invalid('the file has a header and no row below it');
  return readerOf({ path, input: layout.input, columns, samples });
}

function readerOf(table: Table): BenchmarkReader {
  const { samples, input, columns } = table;
  return {
    samples,
    inputs: [{ name: input, dtype: 'float32', sampleShape: [columns.features.length] }],
    batches: (size) => batches(table, 0, size),
    async sample(index) {
      if (!Number.isInteger(index) || index < 0 || index >= samples) throw new RangeError(`there is no sample ${index} of ${samples}`);
      for await (const batch of batches(table, index, 1)) return batch;
      throw invalid(`sample ${index} is gone: the file has changed`);
    },
    close: async () => undefined,
  };
}

/** Batches of the samples from `from` on. */
async function* batches(table: Table, from: number, size: number): AsyncGenerator<Batch> {
  let first = from;
  let rows: CsvRow[] = [];
  let index = -2;
  for await (const row of csvRows(table.path)) {
    index += 1;
    if (index < from) continue;
    rows.push(row);
    if (rows.length < size) continue;
    yield toBatch(table, first, rows);
    first += rows.length;
    rows = [];
  }
  if (rows.length > 0) yield toBatch(table, first, rows);
}

function toBatch({ input, columns: { width, features, labels } }: Table, first: number, rows: readonly CsvRow[]): Batch {
  const count = rows.length;
  const data = new Float32Array(count * features.length);
  for (const [i, row] of rows.entries()) {
    checkWidth(row, width);
    for (const [j, column] of features.entries()) data[i * features.length + j] = featureOf(row, column);
  }
  return {
    first,
    count,
    inputs: new Map([[input, { data, dtype: 'float32', shape: [count, features.length] }]]),
    labels: new Map(labels.map((label) => [label.task.name, Int32Array.from(rows, (row) => labelOf(row, label))])),
  };
}
