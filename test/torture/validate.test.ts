import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { signCheckpoint } from '../../src/domain/checkpoint.js';
import { formatCursor } from '../../src/domain/cursor.js';
import { eventHash, genesisHash, type NewEvent, type StoredEvent } from '../../src/domain/event.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import type { Fault, FaultKind } from './fault.js';
import type { EventLine, LineFilter, PageLine, ReaderLine, TruthLine, WriterLine } from './records.js';
import { TRUTH_FILE, validate } from './validate.js';

const REGISTRY = '00000000-0000-4000-8000-000000000001';
const { privateKey } = generateKeyPairSync('ed25519');

const happened = (type: NewEvent['type'], data: NewEvent['data']): NewEvent => ({ type, at: 1_000, actor: 'admin', model: 'm', data });

/** A small life of one model: what the good logs below are made from. */
const STORY: readonly NewEvent[] = [
  happened('MODEL_CREATED', { name: 'm', tasks: [] }),
  happened('VERSION_REGISTERED', { version: '1.0.0', architecture: 'w1-1', files: [] }),
  happened('VERSION_REGISTERED', { version: '1.0.1', architecture: 'w1-2', files: [] }),
  happened('PROMOTED', { from: null, to: '1.0.0', reason: 'w1-3', decision: 'd1', revision: 1 }),
  happened('POLICY_CHANGED', { revision: 2 }),
  happened('PROMOTED', { from: '1.0.0', to: '1.0.1', reason: 'w1-4', decision: 'd2', revision: 2 }),
  happened('TRAINING_EVENTS_VALIDATED', { events: ['w1-5'] }),
  happened('TRAINING_READY', { reasons: ['enough'], validated: 1, required: 1 }),
  happened('ROLLED_BACK', { from: '1.0.1', to: '1.0.0', reason: 'w1-6', decision: null, revision: 3 }),
  happened('POLICY_CHANGED', { revision: 3 }),
];

function stamp(story: readonly NewEvent[]): StoredEvent[] {
  let hash = genesisHash(REGISTRY);
  return story.map((event, i) => {
    hash = eventHash(hash, { ...event, seq: i + 1 });
    return { ...event, seq: i + 1, hash };
  });
}

const LOG = stamp(STORY);
const at = (seq: number): StoredEvent => LOG[seq - 1] as StoredEvent;
const cursor = (seq: number): string => formatCursor(REGISTRY, seq, seq === 0 ? genesisHash(REGISTRY) : at(seq).hash);
const checkpoint = (seq: number) => signCheckpoint(privateKey, at(seq), 2_000);
const seen = (...seqs: number[]): EventLine[] => seqs.map((seq) => ({ k: 'event', seq, hash: at(seq).hash, cursor: cursor(seq) }));
const opened = (after: number | null, filter: LineFilter = {}, lineage = 1): ReaderLine => ({
  k: 'open',
  lineage,
  after: after === null ? null : cursor(after),
  filter,
});
const END: ReaderLine = { k: 'end' };
const CHANGES: LineFilter = { types: ['PROMOTED', 'ROLLED_BACK'] };

const truth = (events: readonly StoredEvent[] = LOG): TruthLine[] => [
  { k: 'head', registryId: REGISTRY, checkpoint: checkpoint(LOG.length) },
  ...events.map((event) => ({ k: 'truth' as const, ...event })),
  { k: 'model', name: 'm', champion: '1.0.0', revision: 3, versions: 2, policyRevision: 3 },
];
const WRITER: readonly WriterLine[] = [
  { k: 'try', mark: 'w1-1', once: true },
  { k: 'ack', mark: 'w1-1' },
  { k: 'try', mark: 'w1-4', once: true },
  { k: 'ack', mark: 'w1-4', seq: 6, hash: at(6).hash, checkpoint: checkpoint(6) },
  { k: 'ack', mark: 'policy m 3' },
  { k: 'try', mark: 'w1-7', once: true },
  { k: 'denied', mark: 'w1-7', code: 'CONFLICT' },
];
const page = (after: number, end: number, seqs: readonly number[], more: Partial<PageLine> = {}): PageLine => ({
  k: 'page',
  after: cursor(after),
  endCursor: cursor(end),
  hasNextPage: false,
  known: end,
  filter: CHANGES,
  events: seqs.map((seq) => ({ seq, hash: at(seq).hash })),
  ...more,
});

let folder: string;
const put = (name: string, lines: readonly object[]): Promise<void> =>
  writeFile(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

beforeEach(async () => {
  folder = await temporaryFolder();
  await put(TRUTH_FILE, truth());
});

async function faultsOf(lines: readonly ReaderLine[]): Promise<readonly Fault[]> {
  await put('reader-1.jsonl', lines);
  return (await validate(folder)).faults;
}
const kinds = (faults: readonly Fault[]): FaultKind[] => faults.map((f) => f.kind);
const expectFault = (faults: readonly Fault[], kind: FaultKind, message: RegExp): void =>
  expect(faults).toContainEqual({ kind, where: expect.any(String), message: expect.stringMatching(message) });

test('good logs show nothing', async () => {
  await put('writer-1.jsonl', WRITER);
  await put('reader-1.jsonl', [opened(0), ...seen(1, 2, 3, 4), opened(4), opened(4), ...seen(5, 6, 7, 8, 9, 10), END]);
  await put('reader-2.jsonl', [opened(null, CHANGES), opened(null, CHANGES), ...seen(6), opened(6, CHANGES), ...seen(9), END]);
  await put('reader-3.jsonl', [opened(2, { model: 'm' }), ...seen(3, 4), opened(7, {}, 2), ...seen(8, 9, 10), END]);
  await put('reader-4.jsonl', [page(0, 4, [4], { hasNextPage: true }), page(4, 5, []), page(5, 9, [6, 9]), page(9, 10, [])]);
  expect(await validate(folder)).toEqual({ faults: [], events: 10, delivered: 20, connections: 8, acknowledged: 3 });
});

describe('a reader: planted', () => {
  test('a dropped event', async () => {
    const faults = await faultsOf([opened(0), ...seen(1, 2, 3, 5, 6, 7, 8, 9, 10), END]);
    expect(kinds(faults)).toEqual(['lost']);
    expectFault(faults, 'lost', /reader-1.*event 4 never came/);
  });

  test('a dropped last event', async () => {
    expectFault(await faultsOf([opened(0, CHANGES), ...seen(4, 6), END]), 'lost', /event 9 never came, though the reader waited/);
  });

  test('a duplicated event', async () => {
    const faults = await faultsOf([opened(0), ...seen(1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10), END]);
    expect(kinds(faults)).toEqual(['duplicated']);
    expectFault(faults, 'duplicated', /event 4 came again/);
  });

  test('a swapped pair', async () => {
    const faults = await faultsOf([opened(0), ...seen(1, 2, 3, 5, 4, 6, 7, 8, 9, 10), END]);
    expect(kinds(faults)).toEqual(['reordered']);
    expectFault(faults, 'reordered', /event 4 came after event 5/);
  });

  test('an event that was never committed', async () => {
    const ghost: EventLine = { k: 'event', seq: 11, hash: 'f'.repeat(64), cursor: cursor(10) };
    expectFault(
      await faultsOf([opened(0), ...seen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ghost, END]),
      'torn',
      /event 11 .* the log does not hold it/,
    );
  });

  test('another event in the place of a committed one', async () => {
    const other = { ...seen(4)[0], hash: 'f'.repeat(64) } as EventLine;
    expectFault(await faultsOf([opened(3), other, ...seen(5)]), 'torn', /event 4 with hash ffffffff was seen/);
  });

  test('the cursor of another event', async () => {
    const other = { ...seen(4)[0], cursor: cursor(5) } as EventLine;
    expectFault(await faultsOf([opened(3), other]), 'torn', /event 4 came with the cursor of another/);
  });

  test('an event that the filter leaves out', async () => {
    expectFault(await faultsOf([opened(0, CHANGES), ...seen(4, 5, 6)]), 'torn', /event 5 came, though the filter/);
  });

  test('a resume that skips, and one that repeats', async () => {
    const skips = await faultsOf([opened(0), ...seen(1, 2, 3), opened(3), ...seen(6, 7, 8, 9, 10), END]);
    expectFault(skips, 'resume', /after the cursor of event 3 the stream went on with event 6 instead of 4/);
    expect(kinds(skips)).toEqual(['resume', 'lost', 'lost']);
    const repeats = await faultsOf([opened(0), ...seen(1, 2, 3), opened(3), ...seen(3, 4, 5, 6, 7, 8, 9, 10), END]);
    expectFault(repeats, 'resume', /went on with event 3 instead of 4/);
    expectFault(repeats, 'duplicated', /event 3 came again/);
  });

  test('a subscription from another cursor than the last, and a cursor that is refused', async () => {
    const lines = [opened(0), ...seen(1, 2, 3), opened(2), ...seen(4)];
    expectFault(await faultsOf(lines), 'resume', /stood before event 4, but subscribed again from the cursor of event 2/);
    expectFault(await faultsOf([opened(3), { k: 'refused', code: 'CURSOR_AHEAD' }]), 'resume', /CURSOR_AHEAD/);
  });

  test('a bookmark that skips, one that stays, and one that goes back', async () => {
    expectFault(await faultsOf([page(4, 9, [9])]), 'bookmark', /moved on to event 9 and skipped event 6/);
    expectFault(await faultsOf([page(6, 6, [], { known: 8 })]), 'bookmark', /stayed at event 6, though the log had 8/);
    expectFault(await faultsOf([page(6, 5, [])]), 'bookmark', /went back from event 6 to 5/);
    expectFault(await faultsOf([page(0, 5, [4]), page(6, 8, [])]), 'resume', /not where the last one ended/);
    expectFault(await faultsOf([page(5, 9, [9, 6])]), 'reordered', /event 6 came after event 9/);
  });
});

describe('a writer: planted', () => {
  const faultsWith = async (...lines: WriterLine[]): Promise<readonly Fault[]> => {
    await put('writer-1.jsonl', [...WRITER, ...lines]);
    return (await validate(folder)).faults;
  };

  test('a lost acknowledged write', async () => {
    expectFault(
      await faultsWith({ k: 'ack', mark: 'w1-8', seq: 11, hash: 'f'.repeat(64) }),
      'lost',
      /writer-1.*w1-8 was acknowledged as event 11/,
    );
    expectFault(await faultsWith({ k: 'ack', mark: 'policy m 4' }), 'lost', /policy m 4/);
  });

  test('an acknowledgement with another seq, or another hash', async () => {
    expectFault(await faultsWith({ k: 'ack', mark: 'w1-4', seq: 5, hash: at(5).hash }), 'torn', /as event 5, but stands at 6/);
    expectFault(await faultsWith({ k: 'ack', mark: 'w1-4', seq: 6, hash: at(5).hash }), 'torn', /another hash than event 6/);
  });

  test('a refused write that happened', async () => {
    expectFault(await faultsWith({ k: 'denied', mark: 'w1-6', code: 'CONFLICT' }), 'torn', /w1-6 was refused \(CONFLICT\), but event 9/);
  });

  test('a checkpoint of another hash, of a later seq, of another key, and one that was changed', async () => {
    const later = signCheckpoint(privateKey, { seq: 11, hash: at(10).hash }, 2_000);
    expectFault(await faultsWith({ k: 'ack', mark: 'w1-1', checkpoint: later }), 'checkpoint', /event 11 .* ends at 10/);
    const other = signCheckpoint(privateKey, { seq: 5, hash: at(4).hash }, 2_000);
    expectFault(await faultsWith({ k: 'ack', mark: 'w1-1', checkpoint: other }), 'checkpoint', /event 5 names another hash/);
    const forged = signCheckpoint(generateKeyPairSync('ed25519').privateKey, at(5), 2_000);
    expectFault(await faultsWith({ k: 'ack', mark: 'w1-1', checkpoint: forged }), 'checkpoint', /not signed by the registry/);
    expectFault(await faultsWith({ k: 'ack', mark: 'w1-1', checkpoint: { ...checkpoint(5), at: 3 } }), 'checkpoint', /not signed/);
  });
});

describe('the final log: planted', () => {
  const faultsOver = async (story: readonly TruthLine[]): Promise<readonly Fault[]> => {
    await put(TRUTH_FILE, story);
    return (await validate(folder)).faults;
  };
  const stored = (story: readonly NewEvent[]): TruthLine[] => truth(stamp(story));

  test('a gap, an edited event, a log cut short', async () => {
    expectFault(await faultsOver(truth(LOG.filter((e) => e.seq !== 5))), 'chain', /event 5 is missing/);
    expectFault(await faultsOver(truth(LOG.map((e) => (e.seq === 5 ? { ...e, actor: 'eve' } : e)))), 'chain', /hash of event 5/);
    expectFault(await faultsOver(truth(LOG.slice(0, 9))), 'chain', /ends at event 9, its head says 10/);
  });

  test('a write with an idempotency key that was carried out twice', async () => {
    await put('writer-1.jsonl', WRITER);
    const twice = happened('VERSION_REGISTERED', { version: '1.0.2', architecture: 'w1-1', files: [] });
    expectFault(await faultsOver(stored([...STORY, twice])), 'duplicated', /w1-1 .* 2 times: events 2, 11/);
  });

  test('half a transaction', async () => {
    const half = STORY.filter((e) => e.type !== 'TRAINING_EVENTS_VALIDATED');
    expectFault(await faultsOver(stored(half)), 'torn', /TRAINING_READY of m, does not follow/);
  });

  test('a change of champion without its event, and an event without its change', async () => {
    expectFault(await faultsOver(stored(STORY.filter((e) => e.data.reason !== 'w1-4'))), 'torn', /replaces 1.0.1, but 1.0.0 was champion/);
    const state = truth().map((line) => (line.k === 'model' ? { ...line, champion: '1.0.1' } : line));
    expectFault(await faultsOver(state), 'torn', /the state says champion 1.0.1, the log makes it 1.0.0/);
    const more = truth().map((line) => (line.k === 'model' ? { ...line, versions: 3 } : line));
    expectFault(await faultsOver(more), 'torn', /says versions 3, the log makes it 2/);
  });
});
