import { generateKeyPairSync } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checkpoint, signCheckpoint } from '../../src/domain/checkpoint.js';
import { parseCheckpoints } from '../../src/feed/parseCheckpoints.js';
import { type LogReport, verifyLog } from '../../src/feed/verifyLog.js';
import { checkpointPublicKey } from '../../src/home/checkpointKey.js';
import { openReads } from '../../src/storage/openReads.js';
import { type Api, createApi } from '../support/api.js';
import { copyPostgres, createAttacker, hashBefore, hashOf, type LogRow, type LogRows, restamped } from '../support/attacker.js';
import { bothDatabases, type Databases } from '../support/databases.js';
import { type Ran, runJuara } from '../support/juara.js';
import { startTestServer } from '../support/server.js';
import { createModel, promote, register } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const MIDDLE = 15;
const END = 30;
/** The first event that is tampered with. */
const BAD = 20;

const at = (rows: LogRows, seq: number): LogRow => {
  const row = rows.events.find((event) => event.seq === seq);
  if (row === undefined) throw new Error(`the log has no event ${seq}`);
  return row;
};
const map = (rows: LogRows, change: (row: LogRow) => LogRow): LogRows => ({ ...rows, events: rows.events.map(change) });
const edited = (rows: LogRows, seq = BAD): LogRows =>
  map(rows, (row) => (row.seq === seq ? { ...row, data: JSON.stringify({ ...JSON.parse(row.data), reason: 'better' }) } : row));
const without = (rows: LogRows, gone: (row: LogRow) => boolean): LogRows => ({
  ...rows,
  events: rows.events.filter((row) => !gone(row)),
});
const cutAfter = (rows: LogRows, seq: number): LogRows => ({
  ...without(rows, (row) => row.seq > seq),
  head: { seq, hash: at(rows, seq).hash },
});

/** Event 20 is new, what was there is now 21 and so on; `hash` is what the attacker gives it. */
function inserted(rows: LogRows, hash: (row: LogRow) => string): LogRows {
  const added = { ...at(rows, BAD), actor: 'nobody', hash: '' };
  const later = rows.events.filter((row) => row.seq >= BAD).map((row) => ({ ...row, seq: row.seq + 1 }));
  const events = [...rows.events.filter((row) => row.seq < BAD), { ...added, hash: hash(added) }, ...later];
  return { ...rows, events, head: { ...rows.head, seq: rows.head.seq + 1 } };
}

interface Expected {
  readonly kind: string;
  readonly seq: number;
  readonly earliest: number;
}

const found = (kind: string, seq: number, earliest = Math.min(seq, MIDDLE + 1)): Expected => ({ kind, seq, earliest });

const KINDS: readonly (readonly [string, (rows: LogRows) => LogRows, Expected])[] = [
  ['edited', (rows) => edited(rows), found('CHANGED', BAD)],
  ['deleted', (rows) => without(rows, (row) => row.seq === BAD), found('MISSING', BAD)],
  ['inserted', (rows) => inserted(rows, (row) => hashOf(hashBefore(rows, BAD), row)), found('INSERTED', BAD)],
  [
    'swapped',
    (rows) => map(rows, (row) => (row.seq === BAD || row.seq === BAD + 1 ? { ...at(rows, 2 * BAD + 1 - row.seq), seq: row.seq } : row)),
    found('CHANGED', BAD),
  ],
  ['truncated', (rows) => cutAfter(rows, BAD - 1), found('TRUNCATED', BAD)],
  ['wholly re-stamped', (rows) => restamped(edited(rows, 1), 1), found('REWRITTEN', MIDDLE, 1)],
];

const VARIANTS: typeof KINDS = [
  ['edited in its first event', (rows) => edited(rows, 1), found('CHANGED', 1)],
  ['edited in its last event, which the head names', (rows) => edited(rows, END), found('CHANGED', END)],
  ['edited so that it is no JSON', (rows) => map(rows, (row) => (row.seq === BAD ? { ...row, data: '{' } : row)), found('UNREADABLE', BAD)],
  [
    'edited to a number without a canonical form',
    (rows) => map(rows, (row) => (row.seq === BAD ? { ...row, data: '{"a":1e999}' } : row)),
    found('CHANGED', BAD),
  ],
  [
    'edited, with a hash of its own that fits',
    (rows) => map(edited(rows), (row) => (row.seq === BAD ? { ...row, hash: hashOf(hashBefore(rows, BAD), row) } : row)),
    found('CHANGED', BAD + 1),
  ],
  [
    'deleted and numbered anew',
    (rows) => ({
      ...map(
        without(rows, (row) => row.seq === BAD),
        (row) => (row.seq > BAD ? { ...row, seq: row.seq - 1 } : row),
      ),
      head: { ...rows.head, seq: END - 1 },
    }),
    found('CHANGED', BAD),
  ],
  ['inserted with any hash', (rows) => inserted(rows, () => 'ab'.repeat(32)), found('CHANGED', BAD)],
  ['truncated without a change of the head', (rows) => without(rows, (row) => row.seq >= BAD), found('MISSING', BAD)],
  ['truncated by its head alone', (rows) => ({ ...rows, head: { seq: BAD, hash: at(rows, BAD).hash } }), found('HEAD', BAD + 1)],
  ['changed in the hash of its head', (rows) => ({ ...rows, head: { ...rows.head, hash: 'ab'.repeat(32) } }), found('HEAD', END, END)],
  ['re-stamped from the middle on', (rows) => restamped(edited(rows), BAD), found('REWRITTEN', END)],
  [
    'truncated, and grown again',
    (rows) =>
      restamped(
        map(rows, (row) => (row.seq < BAD ? row : { ...row, actor: 'nobody' })),
        BAD,
      ),
    found('REWRITTEN', END),
  ],
];

interface Registry {
  readonly home: string;
  readonly url: string;
  /** One after each event, from the first model on. */
  readonly checkpoints: readonly Checkpoint[];
  /** As JSON, one of the middle and one of the end. */
  readonly files: readonly string[];
  readonly publicKey: string | null;
}

async function checkpointText(api: Api): Promise<string> {
  return JSON.stringify((await api.query('{ checkpoint { seq hash at publicKey signature } }')).checkpoint);
}

/** 30 events through the API of a real server, which then stops. */
async function fill(databases: Databases): Promise<Registry> {
  const url = await databases.create();
  const server = await startTestServer({ JUARA_DATABASE_URL: url });
  const api = createApi(server.url, server.token);
  const texts: string[] = [];
  const keep = async (): Promise<number> => {
    texts.push(await checkpointText(api));
    return JSON.parse(texts.at(-1) ?? '').seq;
  };
  await createModel(api, 'm');
  for (let seq = await keep(), i = 0; seq < END; seq = await keep(), i++) {
    if (i % 2 === 0) await register(api, 'm', { metrics: { magnitude_accuracy: 50 + i } });
    else await promote(api, 'm', `1.0.${(i - 1) / 2}`, { overrideReason: 'a drill' });
  }
  const all = texts.flatMap((text) => parseCheckpoints(text, 'an answer'));
  const folder = await temporaryFolder();
  const files = [MIDDLE, END].map((seq) => join(folder, `${seq}.json`));
  for (const [i, seq] of [MIDDLE, END].entries()) await writeFile(files[i] ?? '', texts[all.findIndex((c) => c.seq === seq)] ?? '');
  await server.stop();
  return { home: server.home, url, checkpoints: all, files, publicKey: await checkpointPublicKey(server.home) };
}

/** The report of the log as it lies there, held against these. */
async function report(url: string, checkpoints: readonly Checkpoint[], publicKey: string | null): Promise<LogReport> {
  const { reads, close } = await openReads(url);
  try {
    return await verifyLog(reads, { checkpoints, publicKey });
  } finally {
    await close();
  }
}

function juaraVerify({ home }: Registry, url: string, files: readonly string[], ...more: readonly string[]): Promise<Ran> {
  const named = files.flatMap((file) => ['--checkpoint', file]);
  return runJuara(['verify', ...named, ...more], { JUARA_HOME: home, JUARA_DATABASE_URL: url });
}

let foreign: Checkpoint[];
beforeAll(async () => {
  const other = await startTestServer();
  foreign = parseCheckpoints(await checkpointText(createApi(other.url, other.token)), 'an answer');
  await other.stop();
});

describe.each(bothDatabases())('a log on $name that was tampered with', (databases) => {
  let registry: Registry;
  let kept: readonly Checkpoint[];
  let copies = 0;

  beforeAll(async () => {
    await databases.start();
    registry = await fill(databases);
    kept = registry.checkpoints.filter(({ seq }) => seq === MIDDLE || seq === END);
    expect(kept.length).toBe(2);
  });
  afterAll(() => databases.stop());

  /** A database of its own with what the attacker made of the log; its URL. */
  async function tampered(change: (rows: LogRows) => LogRows): Promise<string> {
    copies += 1;
    let url: string;
    if (databases.name === 'sqlite') {
      url = await databases.create();
      await cp(registry.url.slice('sqlite:'.length), url.slice('sqlite:'.length));
    } else url = await copyPostgres(registry.url, `copy_${copies}`);
    const attacker = createAttacker(url);
    await attacker.write(change(await attacker.read()));
    return url;
  }

  it('passes while it is honest, and says what it was held against', async () => {
    const url = await tampered((rows) => rows);
    expect(await report(url, registry.checkpoints, registry.publicKey)).toEqual({
      events: END,
      checkpoints: registry.checkpoints.length,
      refused: [],
      fault: null,
    });
    const { code, stdout } = await juaraVerify(registry, url, registry.files);
    expect(stdout).toContain('30 events checked, 0 problems\n2 of 2 checkpoints are signed by this registry: the log agrees with them\n');
    expect(code).toBe(0);
  });

  it.each(KINDS)('%s: is found, with the first bad seq', async (_what, change, expected) => {
    const url = await tampered(change);
    expect((await report(url, kept, registry.publicKey)).fault).toMatchObject(expected);
    const { code, stdout } = await juaraVerify(registry, url, registry.files, '--json');
    expect(JSON.parse(stdout).log).toMatchObject({ checkpoints: 2, refused: [], fault: expected });
    expect(code).toBe(1);
    const text = await juaraVerify(registry, url, registry.files, '--log-only');
    expect(text.stdout).toContain(`LOG ${expected.kind} at event ${expected.seq}: `);
    expect(text.code).toBe(1);
  });

  it.each(VARIANTS)('%s: is found, with the first bad seq', async (_what, change, expected) => {
    expect((await report(await tampered(change), kept, registry.publicKey)).fault).toMatchObject(expected);
  });

  it('names the very event where hashes were computed anew, if a checkpoint of each event was kept', async () => {
    const rewritten = { kind: 'REWRITTEN', seq: BAD, earliest: BAD };
    const whole = await tampered((rows) => restamped(edited(rows), BAD));
    expect((await report(whole, registry.checkpoints, registry.publicKey)).fault).toMatchObject(rewritten);
    const own = VARIANTS.find(([what]) => what.startsWith('edited, with a hash'));
    const one = await tampered(own?.[1] ?? ((rows) => rows));
    expect((await report(one, registry.checkpoints, registry.publicKey)).fault).toMatchObject(rewritten);
  });

  it('shows no fault in a log cut short or re-stamped as a whole without a checkpoint, and says so', async () => {
    for (const change of [(rows: LogRows) => cutAfter(rows, BAD), (rows: LogRows) => restamped(edited(rows, 1), 1)]) {
      const url = await tampered(change);
      const { code, stdout } = await juaraVerify(registry, url, []);
      expect(stdout).toContain('no checkpoint given: a log cut short or rewritten as a whole would not show');
      expect(code).toBe(0);
      expect((await report(url, kept, registry.publicKey)).fault).not.toBeNull();
    }
  });

  it('is not believed on a checkpoint that its attacker signed, for lack of the registry’s key', async () => {
    let head = { seq: 0, hash: '' };
    const url = await tampered((rows) => {
      const changed = restamped(edited(rows), BAD);
      head = changed.head;
      return changed;
    });
    const forged = signCheckpoint(generateKeyPairSync('ed25519').privateKey, head, Date.now());
    // That the signature says of itself which key it fits is not enough.
    const claimed = { ...forged, publicKey: registry.publicKey ?? '' };
    const file = join(await temporaryFolder(), 'forged.jsonl');
    await writeFile(file, `${[forged, claimed].map((c) => JSON.stringify({ ...c, at: new Date(c.at).toISOString() })).join('\n')}\n`);
    const { code, stdout } = await juaraVerify(registry, url, [file]);
    expect(stdout).toContain(`CHECKPOINT of event ${END} proves nothing: another key than this registry’s has signed it`);
    expect(stdout).toContain(`CHECKPOINT of event ${END} proves nothing: its signature does not fit what it says`);
    expect(stdout).toContain('0 of 2 checkpoints are signed by this registry');
    expect(code).toBe(1);
    const mixed = await report(url, [...kept, forged], registry.publicKey);
    expect(mixed).toMatchObject({ checkpoints: 2, refused: [{ seq: END }], fault: { kind: 'REWRITTEN', seq: END } });
  });

  it('takes neither a checkpoint of another registry nor one that was altered for its own', async () => {
    const altered = kept.map((checkpoint) => ({ ...checkpoint, seq: checkpoint.seq - 1 }));
    const { checkpoints, refused, fault } = await report(registry.url, [...foreign, ...altered], registry.publicKey);
    expect({ checkpoints, refused: refused.map(({ detail }) => detail), fault }).toEqual({
      checkpoints: 0,
      refused: [
        'another key than this registry’s has signed it',
        'its signature does not fit what it says',
        'its signature does not fit what it says',
      ],
      fault: null,
    });
  });

  it('can be held against the checkpoints by someone without the home, who has the public key', async () => {
    const empty = await temporaryFolder();
    const url = await tampered((rows) => restamped(edited(rows), BAD));
    const args = ['verify', '--home', empty, '--log-only', '--json', '--checkpoint', registry.files[1] ?? ''];
    const without = await runJuara(args, { JUARA_DATABASE_URL: url });
    expect(without).toMatchObject({ stdout: '', stderr: expect.stringContaining('name the key with --public-key') });
    const named = await runJuara([...args, '--public-key', registry.publicKey ?? ''], { JUARA_DATABASE_URL: url });
    expect(JSON.parse(named.stdout)).toMatchObject({ log: { fault: { kind: 'REWRITTEN', seq: END } } });
    expect(named.code).toBe(1);
  });
});

describe('a file of checkpoints', () => {
  const one = { seq: 3, hash: 'ab'.repeat(32), at: '2026-02-09T13:00:19.864Z', publicKey: 'k', signature: 's' };
  const parsed = { ...one, at: Date.parse(one.at) };

  it.each([
    ['as JSON', JSON.stringify(one, null, 2), 1],
    ['as JSON lines, with empty ones', `${JSON.stringify(one)}\r\n\n${JSON.stringify(one)}\n`, 2],
    ['as a list', JSON.stringify([one, one, one]), 3],
    ['in an answer of the API', JSON.stringify({ data: { promote: { outcome: 'PROMOTED', checkpoint: one } } }), 1],
    ['in an answer of juara promote --json', JSON.stringify({ outcome: 'PROMOTED', checkpoint: { ...one, cursor: 'c' } }), 1],
  ])('is read %s', (_how, text, count) => expect(parseCheckpoints(text, 'f')).toEqual(Array(count).fill(parsed)));

  it.each([
    ['empty', '\n', 'f is empty'],
    ['no JSON', 'seq: 3', 'f holds no checkpoint: it is not JSON'],
    ['something else', '{"seq":3}', 'f holds no checkpoint: hash'],
    ['a refusal, which has none', '{"outcome":"REFUSED","checkpoint":null}', 'f holds no checkpoint'],
    ['of another time', JSON.stringify({ ...one, at: '2026-02-09' }), 'at: is no instant'],
    ['broken in its second line', `${JSON.stringify(one)}\n{"seq":`, 'f, number 2 holds no checkpoint: it is not JSON'],
  ])('is refused where it is %s', (_what, text, message) => expect(() => parseCheckpoints(text, 'f')).toThrow(message));

  it('is named where it cannot be read', async () => {
    const home = await temporaryFolder();
    const { code, stderr } = await runJuara(['verify', '--home', home, '--checkpoint', join(home, 'none.json')]);
    expect(stderr).toContain('INVALID_INPUT: the checkpoint file cannot be read');
    expect(code).toBe(1);
    await expect(readFile(join(home, 'juara.db'))).rejects.toThrow('ENOENT');
  });
});
