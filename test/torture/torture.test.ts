import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN } from '../support/server.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import type { FaultKind } from './fault.js';
import type { ReaderLine } from './records.js';
import { type TortureReport, torture } from './torture.js';
import { validate } from './validate.js';

const KILLS = 50;

let report: TortureReport;
beforeAll(async () => {
  report = await torture({
    bin: BIN,
    folder: await temporaryFolder(),
    kills: KILLS,
    seed: Date.now() % 1_000_000,
    warmUpMs: 1_500,
    measureMs: 4_000,
    leastEvents: 600,
  });
}, 400_000);

test('nothing is lost, repeated, reordered or torn over fifty kills', () => {
  expect(report.faults).toEqual([]);
  expect(report.crashes).toBe(0);
});

test('the run was worth its name', () => {
  expect(report.kills).toBeGreaterThanOrEqual(KILLS);
  expect(report.early).toBeGreaterThan(0);
  expect(report.cuts).toBeGreaterThan(KILLS / 2);
  // How many events a second there are is for `npm run torture` to judge: here other tests share the machine.
  expect(report.events).toBeGreaterThan(500);
  expect(report.acknowledged).toBeGreaterThan(500);
  expect(report.delivered).toBeGreaterThan(10_000);
});

describe('the logs of that run, with a fault planted in them:', () => {
  /** A reader's file, its lines, and the first of three events in it that came one after the other. */
  async function chosen(wanted: (lines: readonly ReaderLine[], i: number) => boolean) {
    for (const name of (await readdir(report.logs)).filter((n) => n.startsWith('reader-'))) {
      const path = join(report.logs, name);
      const lines = (await readFile(path, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line): ReaderLine => JSON.parse(line));
      const i = lines.findIndex((_, at) => wanted(lines, at));
      if (i >= 0) return { path, lines, i };
    }
    throw new Error('no reader has such lines');
  }
  const threeInARow = (lines: readonly ReaderLine[], i: number): boolean => [i, i + 1, i + 2].every((at) => lines[at]?.k === 'event');

  async function faultsWith(path: string, lines: readonly ReaderLine[]): Promise<FaultKind[]> {
    const before = await readFile(path, 'utf8');
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    try {
      return (await validate(report.logs)).faults.map(({ kind }) => kind);
    } finally {
      await writeFile(path, before);
    }
  }

  test('none', async () => {
    const { path, lines } = await chosen(threeInARow);
    expect(await faultsWith(path, lines)).toEqual([]);
  });

  test('a dropped event', async () => {
    const { path, lines, i } = await chosen(threeInARow);
    expect(await faultsWith(path, lines.toSpliced(i + 1, 1))).toEqual(['lost']);
  });

  test('an event twice', async () => {
    const { path, lines, i } = await chosen(threeInARow);
    expect(await faultsWith(path, lines.toSpliced(i + 1, 0, lines[i] as ReaderLine))).toEqual(['duplicated']);
  });

  test('two events that changed places', async () => {
    const { path, lines, i } = await chosen(threeInARow);
    const [first, second] = lines.slice(i + 1, i + 3) as [ReaderLine, ReaderLine];
    expect(await faultsWith(path, lines.toSpliced(i + 1, 2, second, first))).toEqual(['reordered']);
  });

  test('an event that a page left out', async () => {
    const { path, lines, i } = await chosen((all, at) => all[at]?.k === 'page' && all[at].events.length > 0);
    const page = lines[i];
    if (page?.k !== 'page') throw new Error('that is no page');
    expect(await faultsWith(path, lines.with(i, { ...page, events: page.events.slice(1) }))).toEqual(['bookmark']);
  });
});
