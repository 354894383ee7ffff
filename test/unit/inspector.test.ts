import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seedWeights } from '../../src/demo/seedWeights.js';
import { createInspector } from '../../src/scoring/createInspector.js';
import {
  constantOfEightGigabytes,
  declaredWithoutData,
  EXTERNAL_DATA,
  endlessLoop,
  heavyModel,
  INSPECT_CHILD,
  slowToLoad,
  softmaxClassifier,
  sparseEightGigabytes,
} from '../support/onnx.js';

const GOOD = softmaxClassifier({
  features: 3,
  tasks: [
    {
      name: 'magnitude',
      classes: ['Large', 'Normal'],
      weights: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      bias: [0, 1],
    },
    {
      name: 'azimuth',
      classes: ['N', 'S', 'Normal'],
      weights: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      bias: [0, 0, 0],
    },
  ],
  producer: 'test-exporter',
});
const port = (name: string, size: number) => ({ name, dtype: 'float32', shape: [null, size], dimNames: ['batch', null] });
const GOOD_SIGNATURE = {
  inputs: [port('features', 3)],
  outputs: [port('magnitude', 2), port('azimuth', 3)],
  opset: 13,
  producer: 'test-exporter',
};

let folder = '';
const inspector = createInspector({ childPath: INSPECT_CHILD, memoryMb: 512, timeoutMs: 30_000 });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'juara-inspector-'));
});
afterAll(async () => {
  await inspector.close();
  await rm(folder, { recursive: true });
});

let files = 0;
async function fileOf(bytes: Uint8Array | string): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.onnx`);
  await writeFile(path, bytes);
  return path;
}
const inspect = async (bytes: Uint8Array | string) => inspector.inspect(await fileOf(bytes));
const refusal = (reason: string | RegExp) => ({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(reason) });

describe('signatures', () => {
  it('reads names, types, sizes, free dimensions, opset and producer', async () => {
    expect(await inspect(GOOD)).toEqual(GOOD_SIGNATURE);
  });

  it('reads an image model', async () => {
    const signature = await inspect(seedWeights('1.0.0').onnx);
    expect(signature.inputs).toEqual([
      { name: 'input', dtype: 'float32', shape: [null, 3, 224, 224], dimNames: ['batch', null, null, null] },
    ]);
    expect(signature.outputs).toEqual([port('magnitude', 4), port('azimuth', 8)]);
  });

  it('accepts what is only dangerous when it runs: that is for the evaluation to stop', async () => {
    expect((await inspect(constantOfEightGigabytes())).outputs).toEqual([{ name: 'y', dtype: 'float32', shape: [null], dimNames: ['n'] }]);
    expect((await inspect(endlessLoop())).inputs).toEqual([{ name: 'x', dtype: 'float32', shape: [], dimNames: [] }]);
  });
});

describe('refusals', () => {
  const cases: [string, () => Uint8Array | string, string | RegExp][] = [
    ['an empty file', () => '', /^the file is empty$/],
    ['a text file', () => 'hello, this is no model\n'.repeat(50), /^the file is not an ONNX model/],
    ['random bytes', () => Buffer.concat([Buffer.from([0xff]), randomBytes(5000)]), /^the file is not an ONNX model/],
    ['protobuf without a graph', () => Buffer.from([0x08, 0x08]), /holds no graph/],
    ['a broken-off copy', () => GOOD.subarray(0, GOOD.length - 40), /^the file is cut short: it ends after \d+ bytes/],
    ['the ORT format', () => Buffer.from('\x18\0\0\0ORTM\0\0\0\0', 'latin1'), /^the file is in the ORT format/],
    ['2^31 numbers without data', declaredWithoutData, /^the tensor "w" declares 2147483648 elements, and the file holds 0 bytes/],
    ['a sparse weight of 8 GB', sparseEightGigabytes, /^the file needs more than 512 MB to load$/],
    ['an operator that does not exist', () => replaced(GOOD, 'Gemm', 'Gimm'), /^onnxruntime cannot load it: .*Gimm/],
  ];
  it.each(cases)('%s', async (_, bytes, reason) => {
    await expect(inspect(bytes())).rejects.toMatchObject(refusal(reason));
  });

  it.each(Object.keys(EXTERNAL_DATA))('external data in the %s', async (place) => {
    const bytes = EXTERNAL_DATA[place]?.() ?? '';
    await expect(inspect(bytes)).rejects.toMatchObject(refusal(/^the tensor "w" keeps its values in another file/));
  });

  it('names a file that is gone', async () => {
    await expect(inspector.inspect(join(folder, 'none.onnx'))).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('refuses a file larger than the memory cap at once', async () => {
    const tight = createInspector({ childPath: INSPECT_CHILD, memoryMb: 1, timeoutMs: 30_000 });
    await expect(tight.inspect(await fileOf(new Uint8Array(2 ** 20 + 1)))).rejects.toMatchObject(
      refusal(/^the file needs more than 1 MB to load$/),
    );
    await tight.close();
  });

  it('ends a file that takes too long, and goes on with the next', async () => {
    const hasty = createInspector({ childPath: INSPECT_CHILD, memoryMb: 2048, timeoutMs: 4000, maxConcurrent: 1 });
    const [slow, good] = await Promise.allSettled([hasty.inspect(await fileOf(slowToLoad())), hasty.inspect(await fileOf(GOOD))]);
    expect(slow).toMatchObject({ status: 'rejected', reason: refusal(/^loading took longer than 4 s$/) });
    expect(good).toEqual({ status: 'fulfilled', value: GOOD_SIGNATURE });
    await hasty.close();
  });
});

describe('the inspector itself', () => {
  it('loads 100 MB of weights within 512 MB', async () => {
    const heavy = heavyModel(6400);
    expect(heavy.length).toBeGreaterThan(100_000_000);
    expect((await inspect(heavy)).outputs).toEqual([port('y', 6400)]);
  });

  it('looks at files side by side and keeps each answer with its file', async () => {
    const answers = await Promise.allSettled([inspect(GOOD), inspect('no'), inspect(seedWeights('1.0.1').onnx), inspect(GOOD)]);
    expect(answers.map((a) => (a.status === 'fulfilled' ? a.value.inputs[0]?.name : a.reason.code))).toEqual([
      'features',
      'ARTIFACT_INVALID',
      'input',
      'features',
    ]);
  });

  it('close refuses what waits and leaves no folder behind', async () => {
    const temporary = await mkdtemp(join(folder, 'tmp-'));
    vi.stubEnv('TMPDIR', temporary);
    const closing = createInspector({ childPath: INSPECT_CHILD, memoryMb: 2048, timeoutMs: 60_000, maxConcurrent: 1 });
    vi.unstubAllEnvs();
    expect(await readdir(temporary)).toHaveLength(1);
    const path = await fileOf(slowToLoad());
    const both = Promise.allSettled([closing.inspect(path), closing.inspect(path)]);
    await closing.close();
    expect((await both).map((a) => a.status)).toEqual(['rejected', 'rejected']);
    await expect(closing.inspect(path)).rejects.toThrow('the inspector is closed');
    expect(await readdir(temporary)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('close ends what runs', async () => {
    const closing = createInspector({ childPath: INSPECT_CHILD, memoryMb: 2048, timeoutMs: 3_600_000 });
    const answer = closing.inspect(await fileOf(slowToLoad()));
    answer.catch(() => undefined);
    const [child] = await vi.waitFor(async () => {
      const pids = await childProcesses();
      expect(pids).toHaveLength(1);
      return pids;
    });
    await closing.close();
    await expect(answer).rejects.toThrow('(stopped)');
    expect(await childProcesses()).not.toContain(child);
  });
});

/** Those of this process that are inspectors. */
async function childProcesses(): Promise<string[]> {
  const pids = (await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')).trim().split(' ');
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, i) => commands[i]?.includes(INSPECT_CHILD));
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}
