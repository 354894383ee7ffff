import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Task } from '../../../src/domain/task.js';
import { openBenchmark } from '../../../src/scoring/benchmark/openBenchmark.js';
import { type NpyInput, npy, npyHeader, npyHeaderOf, npz } from '../../support/npz.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { type ZipPart, zip } from '../../support/zip.js';

const task = (name: string): Task => ({ name, classes: ['Large', 'Normal'], negativeClass: null, criticalClasses: [], bins: [] });
const MAGNITUDE = task('magnitude');
const X: NpyInput = { dtype: 'float32', shape: [4, 3], data: Array.from({ length: 12 }, (_, i) => i) };
const LABELS: NpyInput = { dtype: 'int64', shape: [4], data: [0, 1, 1, 0] };
const labels: ZipPart = { name: 'magnitude.npy', bytes: npy(LABELS) };
const good = npz({ x: X, magnitude: LABELS });
const withX = (part: Partial<ZipPart>): Buffer => zip([{ name: 'x.npy', bytes: npy(X), ...part }, labels]);
const headed = (text: string): Buffer => withX({ bytes: Buffer.concat([npyHeaderOf(text), Buffer.alloc(48)]) });
const structured = "{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (4,), }";
const packed = deflateRawSync(npy(X));

const folder = await temporaryFolder();
async function readAll(bytes: Uint8Array, tasks: readonly Task[] = [MAGNITUDE]): Promise<number> {
  const path = join(folder, 'benchmark.npz');
  await writeFile(path, bytes);
  const reader = await openBenchmark({ path, format: 'NPZ', csv: null, tasks });
  let samples = 0;
  try {
    for await (const batch of reader.batches(3)) samples += batch.count;
  } finally {
    await reader.close();
  }
  return samples;
}

it('reads the file that every fault below is planted in', async () => {
  expect(await readAll(good)).toBe(4);
  expect(await readAll(withX({ deflate: true }))).toBe(4);
});

const FAULTS: [string, Uint8Array, RegExp][] = [
  ['an empty file', Buffer.alloc(0), /^the file is not a zip archive, or is cut short or damaged: /],
  ['a text file', Buffer.from('a,b,c\n1,2,3\n'), /^the file is not a zip archive/],
  ['a .npy file without an archive', npy(X), /^the file is not a zip archive/],
  ['a truncated archive', good.subarray(0, good.length - 10), /^the file is not a zip archive, or is cut short/],
  [
    'a directory that points past the end',
    withX({ packed: npy(X), declaredBytes: 2 ** 31 }),
    /cut short or damaged: compressed\/uncompressed size/,
  ],
  ['an archive of nothing', zip([]), /^the archive holds no array$/],
  [
    'too many entries',
    zip(Array.from({ length: 1001 }, (_, i) => ({ name: `${i}.npy`, bytes: npy(LABELS) }))),
    /holds 1001 arrays, 1000 at most/,
  ],
  [
    'a truncated deflate stream',
    withX({ deflate: true, packed: packed.subarray(0, packed.length - 9) }),
    /^array "x" (cannot be unpacked: unexpected end of file|is cut short)/,
  ],
  ['garbage for a deflate stream', withX({ deflate: true, packed: Buffer.alloc(60, 0xff) }), /^array "x" cannot be unpacked: invalid/],
  [
    'a deflate stream that goes on',
    withX({ deflate: true, packed: deflateRawSync(Buffer.concat([npy(X), Buffer.alloc(99)])) }),
    /^array "x" holds more bytes than its header says$/,
  ],
  ['a wrong checksum', withX({ crc: 7 }), /^array "x" is damaged: its bytes do not have the archive's checksum$/],
  ['a wrong checksum, deflated', withX({ crc: 7, deflate: true }), /^array "x" is damaged: its bytes do not have the archive's checksum$/],
  [
    'an entry that is no array',
    zip([labels, { name: 'readme.txt', bytes: Buffer.from('hello') }]),
    /^the archive holds "readme.txt", which is no array \(\.npy\)$/,
  ],
  ['a duplicate', zip([labels, labels]), /^the archive holds "magnitude.npy" twice$/],
  ['a path upwards', withX({ name: '../x.npy' }), /^the archive holds "..\/x.npy": an array's name is no path$/],
  ['an absolute path', withX({ name: '/x.npy' }), /^the archive holds "\/x.npy": an array's name is no path$/],
  ['a path of Windows', withX({ name: 'a\\x.npy' }), /^the archive holds "a\\\\x.npy": an array's name is no path$/],
  ['a folder', withX({ name: 'a/x.npy' }), /^the archive holds "a\/x.npy": an array's name is no path$/],
  ['an encrypted entry', withX({ flags: 1, packed: Buffer.concat([Buffer.alloc(12), npy(X)]) }), /^"x.npy" in the archive is encrypted$/],
  ['another packing', withX({ method: 12 }), /^"x.npy" in the archive is packed with bzip2; stored and deflated entries can be read$/],
  ['an unknown packing', withX({ method: 77 }), /^"x.npy" in the archive is packed with method 77;/],
  ['no NumPy magic', withX({ bytes: Buffer.alloc(200, 0x20) }), /^array "x" is not in NumPy's format \(\.npy\)$/],
  [
    'a version to come',
    withX({ bytes: npyHeaderOf('{}', 4) }),
    /^array "x" is of version 4\.0 of NumPy's format; 1\.0 to 3\.0 can be read$/,
  ],
  [
    'an endless header',
    withX({ bytes: npyHeader({ dtype: '<f4', shape: [4, 3], version: 2 }).fill(0x7f, 8, 11) }),
    /^array "x" has a header of \d+ bytes, 10000 at most/,
  ],
  ['a header cut short', withX({ bytes: npy(X).subarray(0, 40) }), /^array "x" is cut short: \d+ bytes or more are missing$/],
  [
    'a garbled header',
    headed("{'descr': <f4, 'fortran_order': False, 'shape': (4, 3), }"),
    /^array "x" has a garbled header: "\{'descr': <f4/,
  ],
  [
    'code in a header',
    headed("{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (4, 3), }"),
    /^array "x" has a garbled header/,
  ],
  ['a header without a shape', headed("{'descr': '<f4', 'fortran_order': False, }"), /^array "x" has a garbled header/],
  ['a negative size', headed("{'descr': '<f4', 'fortran_order': False, 'shape': (-4, 3), }"), /^array "x" has a garbled header/],
  [
    'a size beyond all numbers',
    headed("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 3), }"),
    /^array "x" has a garbled header/,
  ],
  [
    'a header that promises more',
    headed("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 300), }"),
    /^array "x": shape \[4, 300\] of <f4 takes 4928 bytes with its header, the archive declares 176$/,
  ],
  [
    'a header that promises less',
    headed("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 2), }"),
    /^array "x": shape \[4, 2\] of <f4 takes 160 bytes/,
  ],
  [
    'one sample of 4 TB',
    headed("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 1000000000000), }"),
    /one sample takes 4000000000000 bytes, more than/,
  ],
  [
    'a pickle',
    withX({ bytes: npyHeader({ dtype: '|O', shape: [4] }) }),
    /^array "x" holds Python objects \(a pickle\), which are never opened/,
  ],
  [
    'labels in a pickle',
    zip([
      { name: 'x.npy', bytes: npy(X) },
      { name: 'magnitude.npy', bytes: npyHeader({ dtype: '|O', shape: [4] }) },
    ]),
    /^array "magnitude" holds Python objects/,
  ],
  ['a structured array', headed(structured), /^array "x" is a structured array \(fields "\[\('a', '<f4'\), \('b', '<i4'\)\]"\)/],
  [
    'columns first',
    npz({ x: { ...X, fortranOrder: true }, magnitude: LABELS }),
    /^array "x" of shape \[4, 3\] is stored column by column \(Fortran order\)/,
  ],
  [
    'a number for an array',
    npz({ x: { dtype: 'float32', shape: [], data: [1] }, magnitude: LABELS }),
    /^array "x" of shape \[\] has no dimension/,
  ],
  [
    'no samples',
    npz({ x: { dtype: 'float32', shape: [0, 3], data: [] }, magnitude: LABELS }),
    /^array "x" of shape \[0, 3\] holds nothing$/,
  ],
  [
    'complex inputs',
    npz({ x: { dtype: 'complex128', shape: [4], data: [1, 2, 3, 4] }, magnitude: LABELS }),
    /^array "x" is of the type <c16; an input is one of float16, float32, float64, uint8, int32, int64$/,
  ],
  [
    'text inputs',
    npz({ x: { dtype: '<U2', shape: [4], data: ['a', 'b', 'c', 'd'] }, magnitude: LABELS }),
    /^array "x" is of the type <U2; an input is one of/,
  ],
  [
    'dates',
    npz({ x: { dtype: '<M8[ns]', shape: [4], data: new Uint8Array(32) }, magnitude: LABELS }),
    /^array "x" is of the type <M8\[ns\]; an input is one of/,
  ],
  [
    'differing lengths',
    npz({ x: X, magnitude: { dtype: 'int64', shape: [3], data: [0, 1, 0] } }),
    /^array "magnitude" of shape \[3\] has 3 samples, array "x" of shape \[4, 3\] has 4$/,
  ],
  ['no labels', npz({ x: X }), /^no array holds the labels of task magnitude; there are "x"$/],
  ['labels only', npz({ magnitude: LABELS }), /^the archive holds no input: every array \("magnitude"\) is called as a task is$/],
  [
    'one-hot labels',
    npz({ x: X, magnitude: { dtype: 'int64', shape: [4, 2], data: [0, 1, 0, 1, 0, 1, 0, 1] } }),
    /^array "magnitude" is of shape \[4, 2\]; labels have one for each sample, shape \[4\]$/,
  ],
  [
    'fractions for labels',
    npz({ x: X, magnitude: { dtype: 'float32', shape: [4], data: [0, 1, 0, 1] } }),
    /^array "magnitude" is of the type <f4; labels are integers/,
  ],
  [
    'a label beyond the classes',
    npz({ x: X, magnitude: { dtype: 'int64', shape: [4], data: [0, 1, 0, 2] } }),
    /^array "magnitude", sample 3 \(counted from 0\): the label 2 is no class of task magnitude, which has 0 to 1 \("Large", "Normal"\)$/,
  ],
  [
    'a negative label',
    npz({ x: X, magnitude: { dtype: 'int8', shape: [4], data: [0, -1, 0, 1] } }),
    /^array "magnitude", sample 1 .*: the label -1 is no class/,
  ],
  [
    'a label of 64 bits',
    npz({ x: X, magnitude: { dtype: 'uint64', shape: [4], data: [0, 0, 0, 2n ** 64n - 1n] } }),
    /the label 18446744073709551615 is no class/,
  ],
  [
    'an unknown class',
    npz({ x: X, magnitude: { dtype: '<U6', shape: [4], data: ['Large', 'Huge', 'Normal', 'Large'] } }),
    /^array "magnitude", sample 1 .*: the label "Huge" is no class of task magnitude, which has "Large", "Normal"$/,
  ],
  [
    'an unknown class in bytes',
    npz({ x: X, magnitude: { dtype: 'S6', shape: [4], data: ['Large', 'large', 'Normal', 'Large'] } }),
    /sample 1 .*: the label "large" is no class/,
  ],
  [
    'no code points',
    npz({ x: X, magnitude: { dtype: '<U1', shape: [4], data: new Uint8Array(16).fill(0xff) } }),
    /sample 0 .*: the label "\ufffd" is no class/,
  ],
  [
    'strings without letters',
    npz({ x: X, magnitude: { dtype: '<U0', shape: [4], data: new Uint8Array(0) } }),
    /^array "magnitude" is of the type <U0; labels are/,
  ],
  [
    'endless strings',
    npz({ x: X, magnitude: { dtype: '<U2000', shape: [4], data: new Uint8Array(32000) } }),
    /^array "magnitude" is of the type <U2000; labels are/,
  ],
];

it.each(FAULTS)('%s', async (_, bytes, message) => {
  await expect(readAll(bytes)).rejects.toMatchObject({ code: 'BENCHMARK_INVALID', message: expect.stringMatching(message) });
});

it('a task whose labels have another length is told from the other tasks', async () => {
  const azimuth: NpyInput = { dtype: '<U6', shape: [5], data: ['Large', 'Normal', 'Large', 'Large', 'Large'] };
  const two = npz({ x: X, magnitude: LABELS, azimuth });
  await expect(readAll(two, [MAGNITUDE, task('azimuth')])).rejects.toThrow(/^array "azimuth" of shape \[5\] has 5 samples, array "x"/);
});
