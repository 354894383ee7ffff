import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { CsvLayout } from '../../../src/domain/benchmark.js';
import type { Task } from '../../../src/domain/task.js';
import { createBenchmarkScanner } from '../../../src/scoring/benchmark/createBenchmarkScanner.js';
import { npy, npz } from '../../support/npz.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { zeros } from '../../support/zeros.js';
import { zip } from '../../support/zip.js';

/** Tests run from src/, children from dist/. */
const SCAN_CHILD = fileURLToPath(new URL('../../../dist/src/scoring/benchmark/scanChild.js', import.meta.url));
const MEMORY_MB = 160;

const MAGNITUDE: Task = {
  name: 'magnitude',
  classes: ['Large', 'Medium', 'Normal'],
  negativeClass: 'Normal',
  criticalClasses: ['Large'],
  bins: [{ class: 'Large', min: 6, max: null }],
};
const GOOD = npz({
  x: { dtype: 'float32', shape: [4, 2], data: [1, 2, 3, 4, 5, 6, 7, 8] },
  magnitude: { dtype: '<U6', shape: [4], data: ['Normal', 'Large', 'Normal', 'Normal'] },
});
const GOOD_SCAN = {
  samples: 4,
  inputs: [{ name: 'x', dtype: 'float32', sampleShape: [2] }],
  labelCounts: [{ task: 'magnitude', counts: [1, 0, 3] }],
};

const folder = await temporaryFolder();
const scanner = createBenchmarkScanner({ childPath: SCAN_CHILD, memoryMb: MEMORY_MB, timeoutMs: 60_000 });
afterAll(() => scanner.close());
let files = 0;
async function fileOf(bytes: Uint8Array | string): Promise<string> {
  files += 1;
  const path = join(folder, String(files));
  await writeFile(path, bytes);
  return path;
}
const scan = (path: string, csv: CsvLayout | null = null, by = scanner) =>
  by.scan({ path, format: csv === null ? 'NPZ' : 'CSV', csv, tasks: [MAGNITUDE] });
const LAYOUT: CsvLayout = { input: 'x', features: ['a', 'b'], labels: [{ task: 'magnitude', column: 'c' }] };
const labels = (samples: number, last = 0) => ({
  name: 'magnitude.npy',
  bytes: npy({ dtype: 'uint8', shape: [samples], data: new Uint8Array(samples).fill(last, samples - 1) }),
});

describe('a scan', () => {
  it('tells samples, inputs, and how many samples each class has', async () => {
    expect(await scan(await fileOf(GOOD))).toEqual(GOOD_SCAN);
    const csv = await fileOf('a,b,c\n1,2,Normal\n3,4,Large\n5,6,2\n7,8,Normal\n');
    expect(await scan(csv, LAYOUT)).toEqual(GOOD_SCAN);
  });

  it('fails with the bad file only, and says why', async () => {
    const bad = [GOOD.subarray(0, 100), Buffer.from('hello'), npz({ x: { dtype: '|O', shape: [1], data: new Uint8Array(0) } })];
    const paths = await Promise.all([bad[0], GOOD, bad[1], GOOD, bad[2]].map((bytes) => fileOf(bytes ?? '')));
    const answers = await Promise.allSettled(paths.map((path) => scan(path)));
    expect(answers.map((a) => (a.status === 'fulfilled' ? a.value.samples : `${a.reason.code}: ${a.reason.message.slice(0, 36)}`))).toEqual(
      [
        'BENCHMARK_INVALID: the file is not a zip archive, or is',
        4,
        'BENCHMARK_INVALID: the file is not a zip archive, or is',
        4,
        'BENCHMARK_INVALID: array "x" holds Python objects (a pi',
      ],
    );
  });

  it('finds a fault in the last of many samples', async () => {
    const path = await fileOf(zip([await zeros('x', 8, 64), labels(2 ** 15, 3)]));
    await expect(scan(path)).rejects.toThrow('array "magnitude", sample 32767 (counted from 0): the label 3 is no class of task magnitude');
    const rows = Array.from({ length: 5000 }, (_, i) => `1,${i === 4999 ? 'NaN' : 2},0`);
    await expect(scan(await fileOf(['a,b,c', ...rows].join('\n')), LAYOUT)).rejects.toThrow('row 5001, column "b": "NaN"');
  });

  it('names a file that is gone', async () => {
    await expect(scan(join(folder, 'none'))).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });
});

describe('memory and time', () => {
  it(`${MEMORY_MB} MB hold 512 MB of numbers, deflated`, async () => {
    const path = await fileOf(zip([await zeros('x', 512, 1024), labels(2 ** 17)]));
    expect(await scan(path)).toMatchObject({ samples: 2 ** 17, labelCounts: [{ counts: [2 ** 17, 0, 0] }] });
  });

  it(`${MEMORY_MB} MB hold 256 MB of numbers, stored`, async () => {
    const x = npy({ dtype: 'uint8', shape: [2 ** 18, 1024], data: new Uint8Array(2 ** 28) });
    expect(await scan(await fileOf(zip([{ name: 'x.npy', bytes: x }, labels(2 ** 18)])))).toMatchObject({ samples: 2 ** 18 });
  });

  it(`${MEMORY_MB} MB hold a table of 40 MB`, async () => {
    const row = '1.25,-3.5e-2,Normal\n';
    expect(await scan(await fileOf(`a,b,c\n${row.repeat(2_000_000)}`), LAYOUT)).toMatchObject({ samples: 2_000_000 });
  });

  it('ends a file whose one sample needs more', async () => {
    const path = await fileOf(zip([await zeros('x', 200, 50 * 2 ** 20), labels(1)]));
    await expect(scan(path)).rejects.toMatchObject({
      code: 'BENCHMARK_INVALID',
      message: `the file needs more than ${MEMORY_MB} MB to read`,
    });
    expect(await scan(await fileOf(GOOD))).toEqual(GOOD_SCAN);
  });

  it('ends a file that takes too long, and goes on with the next', async () => {
    const hasty = createBenchmarkScanner({ childPath: SCAN_CHILD, memoryMb: MEMORY_MB, timeoutMs: 3000, maxConcurrent: 1 });
    // Half a minute's reading.
    const endless = await fileOf(`a,b,c\n${'1.25,-3.5e-2,Normal\n'.repeat(20_000_000)}`);
    const quick = await fileOf(GOOD);
    const [slow, good] = await Promise.allSettled([scan(endless, LAYOUT, hasty), scan(quick, null, hasty)]);
    await rm(endless);
    expect(slow).toMatchObject({ status: 'rejected', reason: { code: 'BENCHMARK_INVALID', message: 'reading took longer than 3 s' } });
    expect(good).toEqual({ status: 'fulfilled', value: GOOD_SCAN });
    await hasty.close();
  });
});

it('close refuses what waits and leaves no folder behind', async () => {
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
  const closing = createBenchmarkScanner({ childPath: SCAN_CHILD, memoryMb: MEMORY_MB, timeoutMs: 60_000, maxConcurrent: 1 });
  vi.unstubAllEnvs();
  const path = await fileOf(GOOD);
  const both = Promise.allSettled([scan(path, null, closing), scan(path, null, closing)]);
  await closing.close();
  expect((await both).map((a) => a.status)).toEqual(['rejected', 'rejected']);
  await expect(scan(path, null, closing)).rejects.toThrow('the scanner is closed');
  expect(await readdir(temporary)).toEqual([]);
});
