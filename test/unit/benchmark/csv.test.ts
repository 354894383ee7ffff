import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvLayout } from '../../../src/domain/benchmark.js';
import type { Task } from '../../../src/domain/task.js';
import type { Batch, BenchmarkReader } from '../../../src/scoring/benchmark/benchmarkReader.js';
import { openBenchmark } from '../../../src/scoring/benchmark/openBenchmark.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const task = (name: string, ...classes: string[]): Task => ({ name, classes, negativeClass: null, criticalClasses: [], bins: [] });
const TASKS = [task('magnitude', 'Large', 'Normal'), task('depth', '10', '0', 'deep, or "very" deep')];
const LAYOUT: CsvLayout = {
  input: 'features',
  features: ['b', 'a'],
  labels: [
    { task: 'magnitude', column: 'class' },
    { task: 'depth', column: 'd' },
  ],
};
const folder = await temporaryFolder();
async function open(text: string | Uint8Array, csv: CsvLayout | null = LAYOUT, tasks: readonly Task[] = TASKS): Promise<BenchmarkReader> {
  const path = join(folder, 'benchmark.csv');
  await writeFile(path, text);
  return openBenchmark({ path, format: 'CSV', csv, tasks });
}
async function all(reader: BenchmarkReader, size: number): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of reader.batches(size)) batches.push(batch);
  return batches;
}
const GOOD = 'station,a,class,b,d\nGTO,1,Large,2.5,10\nSCN,-3e-2,Normal,.5,0\nTRT,+4.,0,7,"deep, or ""very"" deep"\n';

describe('a CSV benchmark', () => {
  it('comes in batches, its columns in the order of the layout', async () => {
    const reader = await open(GOOD);
    expect(reader.samples).toBe(3);
    expect(reader.inputs).toEqual([{ name: 'features', dtype: 'float32', sampleShape: [2] }]);
    expect(await all(reader, 2)).toEqual([
      {
        first: 0,
        count: 2,
        inputs: new Map([['features', { data: Float32Array.of(2.5, 1, 0.5, -0.03), dtype: 'float32', shape: [2, 2] }]]),
        labels: new Map([
          ['magnitude', Int32Array.of(0, 1)],
          ['depth', Int32Array.of(0, 1)],
        ]),
      },
      {
        first: 2,
        count: 1,
        inputs: new Map([['features', { data: Float32Array.of(7, 4), dtype: 'float32', shape: [1, 2] }]]),
        labels: new Map([
          ['magnitude', Int32Array.of(0)],
          ['depth', Int32Array.of(2)],
        ]),
      },
    ]);
  });

  it('is the same with a byte order mark, CRLF, quotes around everything and blank lines at its end', async () => {
    const expected = await all(await open(GOOD), 9);
    const quoted = GOOD.split('\n').map((line) => line.replace(/(^|,)([^",]+)(?=,|$)/g, '$1"$2"'));
    for (const text of [`\ufeff${GOOD}`, GOOD.replaceAll('\n', '\r\n'), GOOD.trimEnd(), `${GOOD}\n\r\n`, quoted.join('\r\n')]) {
      expect(await all(await open(text), 9)).toEqual(expected);
    }
  });

  it('hands over any one sample', async () => {
    const reader = await open(GOOD);
    const samples = await all(reader, 1);
    for (const index of [2, 0, 1]) expect(await reader.sample(index)).toEqual(samples[index]);
    for (const index of [-1, 3, 0.5]) await expect(reader.sample(index)).rejects.toThrow(RangeError);
  });

  it('finds the first column behind a byte order mark, quoted or not', async () => {
    for (const header of ['a,b,class,d', '"a",b,class,d']) {
      const reader = await open(`\ufeff${header}\n5,6,0,0\n`);
      expect((await reader.sample(0)).inputs.get('features')?.data).toEqual(Float32Array.of(6, 5));
    }
  });

  it('takes a label that is a class by its name before it takes it for an index', async () => {
    const reader = await open('a,b,class,d\n0,0,1,0\n0,0,1,2\n0,0,1,10\n');
    expect((await all(reader, 9))[0]?.labels.get('depth')).toEqual(Int32Array.of(1, 2, 0));
  });

  it('gives any table back as it was written', async () => {
    const rows = fc.array(fc.record({ a: fc.float({ noNaN: true, noDefaultInfinity: true }), c: fc.constantFrom(0, 1, 2) }), {
      minLength: 1,
    });
    const check = fc.asyncProperty(rows, fc.integer({ min: 1, max: 20 }), fc.constantFrom('\n', '\r\n'), async (table, size, newline) => {
      const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const lines = table.map(({ a, c }) => [String(a), 'Normal', cell(TASKS[1]?.classes[c] ?? ''), '1'].join(','));
      const batches = await all(await open(['a,class,d,b', ...lines].join(newline)), size);
      const data = batches.flatMap(({ inputs }) => Array.from<number | bigint>(inputs.get('features')?.data ?? []));
      expect(data).toEqual(table.flatMap(({ a }) => [1, Object.is(a, -0) ? 0 : a]));
      expect(batches.flatMap(({ labels }) => [...(labels.get('depth') ?? [])])).toEqual(table.map(({ c }) => c));
    });
    await fc.assert(check, { numRuns: 40 });
  });
});

const line = (row: string): string => GOOD.replace('SCN,-3e-2,Normal,.5,0', row);
const FAULTS: [string, string, RegExp][] = [
  ['an empty file', '', /^the file is empty: its first row must name the columns$/],
  ['a header alone', 'a,b,class,d\r\n', /^the file has a header and no row below it$/],
  [
    'a missing column',
    GOOD.replace('class', 'klass'),
    /^row 1 \(the header\) has no column "class"; it has "station", "a", "klass", "b", "d"$/,
  ],
  ['a column there twice', GOOD.replace('station', 'a'), /^row 1 \(the header\) has the column "a" twice$/],
  ['too few fields', line('SCN,1,Normal,2'), /^row 3 has 4 fields, the header has 5$/],
  ['too many fields', line('SCN,1,Normal,2,0,6'), /^row 3 has 6 fields, the header has 5$/],
  ['a word for a number', line('SCN,one,Normal,2,0'), /^row 3, column "a": "one" is not a finite number$/],
  ['nothing for a number', line('SCN,1,Normal,,0'), /^row 3, column "b": "" is not a finite number$/],
  ['a hexadecimal number', line('SCN,0x10,Normal,1,0'), /^row 3, column "a": "0x10" is not a finite number$/],
  ['a decimal comma', line('SCN,"1,5",Normal,1,0'), /^row 3, column "a": "1,5" is not a finite number$/],
  ['NaN', line('SCN,NaN,Normal,1,0'), /^row 3, column "a": "NaN" is not a finite number$/],
  ['Infinity', line('SCN,1,Normal,-Infinity,0'), /^row 3, column "b": "-Infinity" is not a finite number$/],
  ['a number beyond float32', line('SCN,1,Normal,1e39,0'), /^row 3, column "b": "1e39" is too large for float32$/],
  [
    'an unknown class',
    line('SCN,1,normal,1,0'),
    /^row 3, column "class": the label "normal" is no class of task magnitude, which has "Large", "Normal"$/,
  ],
  ['an index beyond the classes', line('SCN,1,2,1,0'), /^row 3, column "class": the label "2" is no class of task magnitude/],
  ['a label of spaces', line('SCN,1, Normal,1,0'), /^row 3, column "class": the label " Normal" is no class/],
  ['a blank line in between', line(''), /^row 3 is blank$/],
  [
    'a quote that is not closed',
    'station,a,class,b,d\nGTO,1,Large,2.5,10\nSCN,1,"Normal,1,0\nTRT',
    /^row 3 is malformed: a quoted field is not closed before the end of the file$/,
  ],
  ['letters behind a closing quote', line('SCN,1,"Normal"x,1,0'), /^row 3 is malformed: something follows the closing quote/],
  ['a quote in the middle', line('SCN,1,Nor"mal",1,0'), /^row 3 is malformed: a quote stands within a field/],
  ['a row without end', line(`SCN,"${'x'.repeat(17 * 2 ** 20)}`), /^row 3 is malformed: it is longer than 16777216 bytes/],
];

it.each(FAULTS)('%s', async (_, text, message) => {
  const reading = open(text).then((reader) => all(reader, 2));
  await expect(reading).rejects.toMatchObject({ code: 'BENCHMARK_INVALID', message: expect.stringMatching(message) });
});

it('a fault in a later batch names its own row', async () => {
  const rows = Array.from({ length: 500 }, (_, i) => `S,${i},Normal,1,${i === 400 ? 'shallow' : 0}`);
  const reading = open(['station,a,class,b,d', ...rows].join('\n')).then((reader) => all(reader, 7));
  await expect(reading).rejects.toThrow(/^row 402, column "d": the label "shallow" is no class of task depth/);
});

describe('a layout that does not fit', () => {
  const [magnitude, depth] = LAYOUT.labels;
  it.each<[string, CsvLayout | null, RegExp]>([
    ['none at all', null, /^a CSV file needs a layout/],
    ['no features', { ...LAYOUT, features: [] }, /^the layout names no feature column$/],
    ['a task without labels', { ...LAYOUT, labels: magnitude ? [magnitude] : [] }, /^the layout gives task depth no label column$/],
    [
      'a task labelled twice',
      { ...LAYOUT, labels: magnitude && depth ? [magnitude, depth, depth] : [] },
      /^the layout gives task depth two label columns$/,
    ],
    [
      'a task that is none',
      { ...LAYOUT, labels: [...LAYOUT.labels, { task: 'azimuth', column: 'd' }] },
      /^the layout gives a label column to "azimuth"/,
    ],
  ])('%s', async (_, layout, message) => {
    await expect(open(GOOD, layout)).rejects.toMatchObject({ code: 'BENCHMARK_INVALID', message: expect.stringMatching(message) });
  });
});
