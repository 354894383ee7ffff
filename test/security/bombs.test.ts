import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { type NpyInput, npy, npyHeader, npyHeaderOf } from '../support/npz.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { type ZipPart, zip } from '../support/zip.js';

/** A little that claims to be, or becomes, very much: bodies that unpack, archives, tables, arrays. */
const MB = 2 ** 20;
const TASK = { name: 'magnitude', classes: ['Large', 'Normal'] };
const REGISTER = 'mutation ($input: RegisterBenchmarkInput!) { registerBenchmark(input: $input) { samples } }';

let server: TestServer;
let api: Api;
beforeAll(async () => {
  server = await startTestServer({ JUARA_SCORING_TIMEOUT_MS: '20000', JUARA_SCORING_MEMORY_MB: '256' });
  api = createApi(server.url, server.token);
});
afterAll(async () => {
  expect(server.logs().stderr).toBe('');
  await server.stop();
});

describe('bodies that unpack', () => {
  const packings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const query = JSON.stringify({ query: `{ models { totalCount } } #${' '.repeat(64 * MB)}` });
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const headers = (encoding: string) => ({
    authorization: `Bearer ${server.token}`,
    'content-type': 'application/json',
    'content-encoding': encoding,
  });

  test.each(Object.keys(packings) as (keyof typeof packings)[])(
    '%s is not unpacked: not for GraphQL, and not for an upload',
    async (encoding) => {
      const body = new Uint8Array(packings[encoding](query));
      expect(body.length).toBeLessThan(MB);
      const asked = await fetch(`${server.url}/graphql`, { method: 'POST', headers: headers(encoding), body });
      expect([400, 415]).toContain(asked.status);
      expect(asked.headers.get('content-type')).toContain('json');
      expect(await asked.text()).not.toContain('totalCount');
      for (const digest of [sha256(body), sha256(Buffer.from(query))]) {
        const put = await fetch(`${server.url}/artifacts/${digest}`, { method: 'PUT', headers: headers(encoding), body });
        expect(put.status).toBe(415);
        expect(await put.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
        expect((await fetch(`${server.url}/artifacts/${digest}`)).status).toBe(404);
      }
    },
  );
});

/** Ten gigabytes of zeros, as deflate says them: one block of a megabyte, again and again. */
function zerosDeflated(megabytes: number): Buffer {
  const whole = deflateRawSync(Buffer.alloc(16 * MB), { level: 9, finishFlush: 2 });
  return Buffer.concat([...Array.from({ length: Math.ceil(megabytes / 16) }, () => whole), deflateRawSync(Buffer.alloc(0))]);
}

const labels: ZipPart = { name: 'magnitude.npy', bytes: npy({ dtype: 'int64', shape: [4], data: [0, 1, 1, 0] }) };
const X: NpyInput = { dtype: 'float32', shape: [4, 3], data: Array.from({ length: 12 }, (_, i) => i) };
const headed = (shape: string, descr = '<f4', version = 1): Buffer =>
  npyHeaderOf(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`, version);

/** Two entries that share the same packed bytes: the second's local header is the first's. */
function overlapping(): Buffer {
  const archive = zip([{ name: 'a.npy', bytes: npy(X), deflate: true }, { name: 'b.npy', bytes: npy(X), deflate: true }, labels]);
  const second = archive.indexOf('b.npy', archive.indexOf('PK\x01\x02', 0, 'latin1'), 'latin1') - 46;
  archive.writeUInt32LE(0, second + 42);
  return archive;
}

/** A zip whose directory says that it has so many entries, and has one. */
function lyingCount(count: number): Buffer {
  const archive = zip([labels]);
  archive.writeUInt16LE(count, archive.length - 14);
  archive.writeUInt16LE(count, archive.length - 12);
  return archive;
}

/** zip64 sizes of 2^62 bytes in the extra field. */
function lyingZip64(): Buffer {
  const archive = zip([{ name: 'x.npy', bytes: npy(X), zip64: true }, labels]);
  const size = Buffer.from(new BigUint64Array([BigInt(npy(X).length)]).buffer);
  for (let at = archive.indexOf(size); at >= 0; at = archive.indexOf(size, at + 8)) archive.writeBigUInt64LE(2n ** 62n, at);
  return archive;
}

const inner = zip([labels, { name: 'x.npy', bytes: npy(X) }]);
const NPZ: readonly [string, () => Buffer][] = [
  [
    'an array of 10 GB of zeros in 10 MB, in one sample',
    () => {
      const header = headed(`(1, ${(10 * 1024 * MB) / 4})`);
      return zip([
        {
          name: 'x.npy',
          bytes: header,
          packed: zerosDeflated(10 * 1024),
          method: 8,
          declaredBytes: header.length + 10 * 1024 * MB,
          zip64: true,
        },
        labels,
      ]);
    },
  ],
  [
    'a hundred arrays of 1 GB',
    () => {
      const header = headed(`(4, ${(1024 * MB) / 16})`);
      const packed = zerosDeflated(64);
      const part = (i: number): ZipPart => ({
        name: `x${i}.npy`,
        bytes: header,
        packed,
        method: 8,
        declaredBytes: header.length + 1024 * MB,
      });
      return zip([...Array.from({ length: 100 }, (_, i) => part(i)), labels]);
    },
  ],
  ['entries that overlap', overlapping],
  ['60,000 entries', () => zip(Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}.npy`, bytes: Buffer.alloc(0) })))],
  ['65,534 entries that are not there', () => lyingCount(65_534)],
  ['an archive within an archive', () => zip([labels, { name: 'x.npy', bytes: inner }])],
  ['sizes of 2^62 bytes', lyingZip64],
  ['a size of 2 GB that is not there', () => zip([{ name: 'x.npy', bytes: npy(X), deflate: true, declaredBytes: 2 ** 31 }, labels])],
  [
    'a header of 1 GB',
    () => zip([{ name: 'x.npy', bytes: npyHeader({ dtype: '<f4', shape: [4, 3], version: 2 }).fill(0x40, 11, 12) }, labels]),
  ],
  [
    'a header of 1 GB of blanks',
    () =>
      zip([{ name: 'x.npy', bytes: headed('(4, 3)', '<f4', 2), packed: zerosDeflated(1024), method: 8, declaredBytes: 1024 * MB }, labels]),
  ],
  ['a shape beyond all numbers', () => zip([{ name: 'x.npy', bytes: headed('(4, 9007199254740993, 9007199254740993)') }, labels])],
  ['a shape of a thousand dimensions', () => zip([{ name: 'x.npy', bytes: headed(`(${'1, '.repeat(1_000)})`) }, labels])],
  ['a wrong checksum', () => zip([{ name: 'x.npy', bytes: npy(X), deflate: true, crc: crc32('x') }, labels])],
];

const CSV: readonly [string, () => Buffer][] = [
  ['one line of 200 MB', () => Buffer.alloc(200 * MB, 'a,')],
  ['one quote that is never closed', () => Buffer.concat([Buffer.from('a,magnitude\n"'), Buffer.alloc(50 * MB, 'x\n')])],
  ['a million columns', () => Buffer.from(`${'a,'.repeat(1_000_000)}magnitude\n`)],
  ['blank lines', () => Buffer.concat([Buffer.from('a,magnitude\n'), Buffer.alloc(50 * MB, '\n'), Buffer.from('1,Large\n')])],
  ['NUL bytes', () => Buffer.alloc(50 * MB)],
];

describe('benchmarks', () => {
  let count = 0;
  async function expectRefused(bytes: Buffer, more: object): Promise<void> {
    const file = await api.upload(bytes);
    count += 1;
    const asked = api.send(REGISTER, { input: { name: `bomb-${count}`, file, tasks: [TASK], ...more } });
    expect((await api.query('{ models { totalCount } }')).models.totalCount).toBe(0);
    const { errors } = await asked;
    expect(errors?.[0]?.extensions.code).toBe('BENCHMARK_INVALID');
    expect(errors?.[0]?.message.length).toBeLessThan(2_000);
    expect(errors?.[0]?.message).not.toMatch(/\p{Cc}/u);
    expect(await readdir(join(server.home, 'blobs/tmp'))).toEqual([]);
  }

  test.each(NPZ)('NPZ: %s', (_what, make) => expectRefused(make(), { format: 'NPZ' }));

  test.each(CSV)('CSV: %s', (_what, make) => {
    const csv = { input: 'x', features: ['a'], labels: [{ task: 'magnitude', column: 'magnitude' }] };
    return expectRefused(make(), { format: 'CSV', csv });
  });

  test('and none of them is there afterwards', async () => {
    expect((await api.query('{ benchmarks { nodes { name } } }')).benchmarks.nodes).toEqual([]);
  });
});
