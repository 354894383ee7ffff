import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointFileStore } from '../../src/cli/checkpointFileStore.js';
import { type ClientOptions, createClient, type JuaraClient } from '../../src/client/index.js';
import { createAttacker, type LogRow, type LogRows, restamped } from '../support/attacker.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const FAST = { backoff: { baseMs: 10, maxMs: 100 } };

let server: TestServer;
/** Where the client keeps its checkpoint. */
let file: string;

beforeEach(async () => {
  server = await startTestServer();
  file = join(await temporaryFolder(), 'checkpoint.json');
  const client = connect();
  await client.createModel({ name: 'm', tasks: [{ name: 'magnitude', classes: ['Large', 'Normal'] }] });
  await client.register({ model: 'm', version: '1.0.0' });
  await grow(6);
});
afterEach(async () => {
  await server.stop();
});

const connect = (options: Partial<ClientOptions> = {}): JuaraClient =>
  createClient({ url: server.url, token: server.token, checkpoints: checkpointFileStore(file), ...options });

/** Lets the registry write until its log has so many events. A client without a memory does it. */
async function grow(to: number): Promise<void> {
  const writer = createClient({ url: server.url, token: server.token });
  for (let seq = (await writer.checkpoint()).seq; seq < to; seq++) await writer.setTags('m', '1.0.0', [{ key: 'n', value: `${seq}` }]);
}

/** The same address again, after something was done to the home while nobody served it. */
async function restartAfter(work: () => Promise<void>): Promise<void> {
  await server.stop();
  await work();
  server = await server.restart({ JUARA_PORT: new URL(server.url).port });
}

async function attack(change: (rows: LogRows) => LogRows): Promise<void> {
  await restartAfter(async () => {
    const attacker = createAttacker(`sqlite:${join(server.home, 'juara.db')}`);
    await attacker.write(change(await attacker.read()));
  });
}

const edit = (rows: LogRows, seq: number): LogRows => ({
  ...rows,
  events: rows.events.map((row: LogRow) => (row.seq === seq ? { ...row, actor: 'nobody' } : row)),
});

/** What is at the home now comes back when `restore` is called, as an operator would do it. */
async function backup(): Promise<() => Promise<void>> {
  const copy = join(await temporaryFolder(), 'home');
  await restartAfter(() => cp(server.home, copy, { recursive: true, verbatimSymlinks: true }));
  return () =>
    restartAfter(async () => {
      await rm(server.home, { recursive: true });
      await cp(copy, server.home, { recursive: true, verbatimSymlinks: true });
    });
}

const remembered = async (): Promise<number> => JSON.parse(await readFile(file, 'utf8')).seq;

/** Both ways to meet the log refuse it with the code and say the way out; what was remembered stays. */
async function expectRefusal(client: JuaraClient, code: string, message: RegExp): Promise<void> {
  const before = await readFile(file, 'utf8');
  const refusal = { code, message: expect.stringMatching(message) };
  await expect(client.checkpoint()).rejects.toMatchObject(refusal);
  await expect(client.verifyLog()).rejects.toMatchObject(refusal);
  await expect(client.watch({ ...FAST, after: '' }).next()).rejects.toMatchObject(refusal);
  expect(await readFile(file, 'utf8')).toBe(before);
}

describe('a client that remembers the last checkpoint', () => {
  it('accepts an honest log, over restarts and reconnections, and moves along with it', async () => {
    const client = connect();
    const events = client.watch({ ...FAST, after: '' });
    const seen: number[] = [];
    const takeTo = async (seq: number): Promise<void> => {
      while (seen.length < seq) seen.push((await events.next()).value.seq);
    };
    await takeTo(6);
    expect(await remembered()).toBe(6);
    for (const length of [8, 8, 11]) {
      await grow(length);
      await takeTo(length);
      await restartAfter(async () => undefined);
      await grow(length + 1);
      await takeTo(length + 1);
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(await remembered()).toBeGreaterThan(8);
    await events.return?.();
    expect(await client.verifyLog({ whole: true })).toMatchObject({ from: 1, to: 12 });
    await grow(14);
    expect(await client.verifyLog()).toMatchObject({ from: 13, to: 14 });
    expect((await connect().checkpoint()).seq).toBe(await remembered());
  });

  it('remembers what comes with a change of champion', async () => {
    const client = connect();
    const { event, checkpoint } = await client.promote({ model: 'm', version: '1.0.0', overrideReason: 'a drill' });
    expect(checkpoint?.seq).toBe(event?.seq);
    expect(await remembered()).toBe(event?.seq);
  });

  it('refuses a server that was restarted on an older backup: LOG_TRUNCATED, then LOG_REWRITTEN once it has grown again', async () => {
    const restore = await backup();
    await grow(9);
    const client = connect();
    await client.checkpoint();
    const events = client.watch({ ...FAST, after: '' });
    for (let seq = 1; seq <= 9; seq++) expect((await events.next()).value.seq).toBe(seq);
    const waiting = events.next();
    waiting.catch(() => undefined);
    await restore();
    await expect(waiting).rejects.toMatchObject({ code: 'LOG_TRUNCATED', details: { length: 6 } });
    await expectRefusal(client, 'LOG_TRUNCATED', /had 9 events at .*, it has 6 now: .*forget the remembered checkpoint and read the state/);
    await grow(12);
    await expectRefusal(client, 'LOG_REWRITTEN', /event 9 is not the one that it was at .*forget the remembered checkpoint/);
    // The answer to a mutation stands, for it was carried out; the memory stays.
    expect((await client.promote({ model: 'm', version: '1.0.0', overrideReason: 'a drill' })).outcome).toBe('PROMOTED');
    expect(await remembered()).toBe(9);
    // The way out: with nothing remembered the log counts as it is.
    await rm(file);
    expect((await connect().checkpoint()).seq).toBe(13);
  });

  it('refuses a log that was rewritten: LOG_REWRITTEN, at the same length and when it has grown', async () => {
    const client = connect();
    await client.checkpoint();
    await attack((rows) => restamped(edit(rows, 4), 4));
    await expectRefusal(
      client,
      'LOG_REWRITTEN',
      /event 6 had another hash at .* than it has now: .*`juara verify --checkpoint`.* says where/,
    );
    await grow(8);
    await expectRefusal(client, 'LOG_REWRITTEN', /event 6 is not the one that it was/);
  });

  it('refuses a log that does not go on from what it remembers', async () => {
    const client = connect();
    await client.checkpoint();
    await grow(8);
    await attack((rows) => edit(rows, 7));
    await expectRefusal(client, 'LOG_REWRITTEN', /event 7 does not follow from (what )?event 6/);
  });

  it('finds what was changed before it, when it is asked for the whole log', async () => {
    const client = connect();
    await client.checkpoint();
    await attack((rows) => edit(rows, 3));
    expect(await client.verifyLog()).toMatchObject({ from: 7, to: 6 });
    await expect(client.verifyLog({ whole: true })).rejects.toMatchObject({ code: 'LOG_REWRITTEN', details: { seq: 3 } });
    await attack((rows) => ({ ...rows, events: rows.events.filter(({ seq }) => seq !== 2) }));
    await expect(client.verifyLog({ whole: true })).rejects.toMatchObject({ code: 'LOG_INCOMPLETE', details: { seq: 2 } });
  });

  it('refuses checkpoints of another key: CHECKPOINT_FORGED, unless it is told that the key is new', async () => {
    const old = await connect().checkpoint();
    const key = join(server.home, 'keys/checkpoint.key');
    await restartAfter(() => rename(key, `${key}.old`));
    await expectRefusal(connect(), 'CHECKPOINT_FORGED', /signed with another key .*forget the remembered checkpoint, or name the new key/);
    const fresh = await createClient({ url: server.url, token: server.token }).checkpoint();
    expect(fresh.publicKey).not.toBe(old.publicKey);
    expect((await connect({ publicKey: fresh.publicKey }).checkpoint()).publicKey).toBe(fresh.publicKey);
    expect((await connect().checkpoint()).publicKey).toBe(fresh.publicKey);
    // Who knows the key beforehand need not trust the first answer.
    await rm(file);
    await expect(connect({ publicKey: old.publicKey }).checkpoint()).rejects.toMatchObject({ code: 'CHECKPOINT_FORGED' });
  });

  it('refuses an answer that was altered on its way, and a memory that was altered at home', async () => {
    const altering: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      return new Response((await response.text()).replace('"checkpoint":{"seq":6,', '"checkpoint":{"seq":7,'), response);
    };
    await connect().checkpoint();
    await expectRefusal(connect({ fetch: altering }), 'CHECKPOINT_FORGED', /not signed with the key that it names: look at the address/);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"seq":6', '"seq":5'));
    await expectRefusal(connect(), 'CHECKPOINT_FORGED', /is not as it was saved, .*once it is forgotten the next one begins anew/);
  });

  it('holds the log against its memory with a token that sees only some models, and says that it cannot verify the whole', async () => {
    const admin = connect();
    await admin.createModel({ name: 'other', tasks: [{ name: 'magnitude', classes: ['Large', 'Normal'] }] });
    const { secret } = await admin.createToken({ name: 'bound', role: 'VIEWER', models: ['other'] });
    const client = connect({ token: secret });
    await client.checkpoint();
    await grow(12);
    expect((await client.checkpoint()).seq).toBe(12);
    await expect(client.verifyLog({ whole: true })).rejects.toMatchObject({ code: 'LOG_INCOMPLETE' });
    await attack((rows) => restamped(edit(rows, 4), 4));
    await grow(14);
    await expect(client.checkpoint()).rejects.toMatchObject({ code: 'LOG_REWRITTEN' });
  });
});
