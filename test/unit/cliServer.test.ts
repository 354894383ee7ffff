import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCommands } from '../../src/cli/localCommands.js';
import { runCli } from '../../src/cli/runCli.js';
import { runJuara } from '../support/juara.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Terminal {
  /** What the person types; a terminal is there only with an answer. */
  readonly answer?: string;
  /** What happens elsewhere between the question and the answer. */
  readonly meanwhile?: () => Promise<unknown>;
  readonly env?: Record<string, string>;
}

const asked: unknown[] = [];
const remember = async (options: unknown): Promise<number> => asked.push(options);
const local: LocalCommands = { serve: remember, demo: remember, config: () => remember('config'), verify: remember, rebuild: remember };
let server: TestServer;

async function juara(args: readonly string[], { answer, meanwhile, env }: Terminal = {}): Promise<Run> {
  const io = { stdout: new PassThrough(), stderr: new PassThrough(), stdin: new PassThrough() };
  const [out, err] = [text(io.stdout), text(io.stderr)];
  io.stderr.on('data', async (part: Buffer) => {
    if (answer === undefined || !part.toString().includes('[y/N]')) return;
    await meanwhile?.();
    io.stdin.write(`${answer}\n`);
  });
  const variables = env ?? { JUARA_URL: server.url, JUARA_TOKEN_FILE: join(server.home, 'admin.token') };
  const code = await runCli(args, { ...io, env: variables, isTTY: answer !== undefined }, local);
  io.stdout.end();
  io.stderr.end();
  return { code, out: await out, err: await err };
}

async function json(args: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
  const { code, out, err } = await juara([...args, '--json']);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
}

/** The seed's state, imported from a project as it lies on a disk. */
beforeAll(async () => {
  server = await startTestServer();
  const root = await temporaryFolder();
  await mkdir(join(root, 'models/archive/convnext_v1.0.0'), { recursive: true });
  await mkdir(join(root, 'models/champion'));
  await writeFile(join(root, 'models/archive/convnext_v1.0.0/best_model.pth'), 'old weights');
  await writeFile(join(root, 'models/champion/best_model.pth'), 'new weights');
  await writeFile(join(root, 'models/champion/metadata.json'), '{}');
  await writeFile(join(root, 'registry.json'), await readFile(new URL('../fixtures/registry-v2.json', import.meta.url)));
  const first = await juara(['import', join(root, 'registry.json')]);
  expect(first).toMatchObject({ code: 0, out: 'created: 1 models, 2 versions, 5 training events; unchanged: 0\n' });
  expect((await juara(['import', join(root, 'registry.json')])).out).toContain('created: 0 models, 0 versions, 0 training events');
});
afterAll(() => server.stop());

describe('juara and a real server', () => {
  it('lists what the original script lists, and leaves the model out where there is one', async () => {
    const { out } = await juara(['list']);
    expect(out).toContain('VERSION  STATUS    DEPLOYED              ARCHIVED              MAGNITUDE_ACCURACY  AZIMUTH_ACCURACY');
    expect(out).toMatch(/^1\.0\.1 \* {2}champion {2}2026-02-09 13:00:19Z .*97\.63 % +71\.28 % +0\.9260/m);
    expect(out).toMatch(/^1\.0\.0 +archived .*98\.36 % +50\.66 % +0\.8234 +Replaced by v1\.0\.1 \(better azimuth accuracy\)$/m);
    const rollback = await juara(['rollback', '--list']);
    expect(rollback.out).toMatch(/^champion: convnext_v1\.0\.1 since 2026-02-09 13:00:19Z$/m);
    expect(rollback.out).toMatch(/^1\.0\.0 +archived/m);
  });

  it('imported the files beside metadata.json and those that path names', async () => {
    expect((await json(['show', '1.0.0'])).files).toMatchObject([{ name: 'best_model.pth', bytes: 11 }]);
    expect((await json(['show', 'convnext', '1.0.1'])).files).toMatchObject([{ name: 'best_model.pth', bytes: 11 }]);
  });

  it('asks before a change of champion, and takes no for an answer', async () => {
    const no = await juara(['rollback'], { answer: 'n' });
    expect(no).toMatchObject({ code: 9, out: '' });
    expect(no.err).toContain('Roll convnext back: 1.0.1 -> 1.0.0? [y/N]');
    expect(no.err).toContain('-20.62 points');
    expect(no.err).toContain('juara: CANCELLED: nothing was changed\n');
    expect(await juara(['rollback'])).toMatchObject({ code: 2, err: expect.stringContaining('add --yes') });
    expect(await juara(['rollback'], { answer: 'y' })).toMatchObject({ code: 0, out: 'convnext: 1.0.1 -> 1.0.0 (revision 2)\n' });
    expect(await juara(['rollback', '--version', '1.0.1', '--yes'])).toMatchObject({
      code: 0,
      out: 'convnext: 1.0.0 -> 1.0.1 (revision 3)\n',
    });
  });

  it('prints each rule of a refusal and exits with 3; exits with 4 for an approval, and 5 for a conflict', async () => {
    const metrics = (accuracy: number): string[] => ['--metric', `magnitude_accuracy=${accuracy}`, '--metric', 'azimuth_accuracy=72'];
    expect((await juara(['register', ...metrics(90)])).out).toBe('convnext_v1.0.2 is registered as challenger with 0 files\n');
    const refused = await juara(['promote', '1.0.2', '--yes']);
    expect(refused.code).toBe(3);
    expect(refused.out).toMatch(/^FAILED +NO_HARM +magnitude_accuracy +7\.63 +1 /m);
    expect((await juara(['preview', '1.0.2'])).code).toBe(3);
    expect((await juara(['reject', '1.0.2', '--reason', 'worse'])).out).toBe('convnext_v1.0.2 is rejected\n');
    await juara(['policy', 'set', '--weight', 'magnitude_accuracy=1', '--min-improvement', '0.001']);
    await juara(['register', ...metrics(98.5), '--metric', 'composite_score=0.95']);
    const secret = (await json(['token', 'create', 'ci', '--role', 'automation', '--model', 'convnext'])).secret;
    const waiting = await juara(['promote', '1.0.3', '--yes'], { env: { JUARA_URL: server.url, JUARA_TOKEN: secret } });
    expect(waiting.code).toBe(4);
    const decision = /juara approve (\S+)/.exec(waiting.out)?.[1] ?? '';
    expect((await juara(['promote', '1.0.3', '--yes', '--expected-champion', '1.0.0'])).code).toBe(5);
    expect(await juara(['approve', decision, '--yes'])).toMatchObject({ code: 0, out: 'convnext: 1.0.1 -> 1.0.3 (revision 5)\n' });
    expect((await juara(['approve', decision, '--yes'])).code).toBe(5);
  });

  it('changes what a token may do, and says what it may now', async () => {
    const { id } = await json(['token', 'create', 'bot', '--role', 'viewer', '--model', 'convnext', '--expires', '30d']);
    const changed = await juara(['token', 'update', id, '--role', 'operator', '--all-models', '--never-expires']);
    expect(changed.out).toMatch(new RegExp(`^${id} +bot +operator +all +\\S+`, 'm'));
    expect(await json(['token', 'update', id, '--name', 'cron'])).toMatchObject({ name: 'cron', role: 'OPERATOR', expiresAt: null });
    for (const wrong of [[], ['--role', 'king'], ['--model', 'm', '--all-models'], ['--expires', '1d', '--never-expires']]) {
      expect((await juara(['token', 'update', id, ...wrong])).code).toBe(2);
    }
  });

  it('does not change what it did not show: a champion that changed meanwhile is a conflict', async () => {
    const meanwhile = (): Promise<Run> => juara(['rollback', '--version', '1.0.0', '--yes']);
    const late = await juara(['rollback', '--version', '1.0.1'], { answer: 'y', meanwhile });
    expect(late.err).toContain('1.0.3 -> 1.0.1? [y/N]');
    expect(late).toMatchObject({ code: 5, out: '' });
    await juara(['rollback', '--version', '1.0.3', '--yes']);
    await juara(['nominate', '1.0.2']);
    const promotion = await juara(['promote', '1.0.2', '--override', 'a drill'], { answer: 'y', meanwhile });
    expect(promotion.err).toContain('Promote convnext: 1.0.3 -> 1.0.2? [y/N]');
    expect(promotion.code).toBe(5);
    await juara(['rollback', '--version', '1.0.3', '--yes']);
  });

  it('tells errors in one line with their own exit codes', async () => {
    expect(await juara(['show', '9.9.9'])).toMatchObject({
      code: 8,
      out: '',
      err: 'juara: VERSION_NOT_FOUND: convnext has no version 9.9.9\n',
    });
    expect((await juara(['list'], { env: { JUARA_URL: server.url, JUARA_TOKEN: 'wrong' } })).code).toBe(7);
    expect((await juara(['reject', '1.0.0', '--reason', 'x'], { env: { JUARA_URL: server.url } })).code).toBe(7);
    expect((await juara(['bogus'])).code).toBe(2);
    expect((await juara(['reject', '1.0.0'])).code).toBe(2);
    expect((await juara(['--help'])).out).toMatch(/ {2}3 {2}the policy refuses the promotion/);
    expect((await juara(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('says UNREACHABLE with 6 where nobody listens', async () => {
    const gone = await startTestServer();
    await gone.stop();
    const { code, err } = await juara(['list'], { env: { JUARA_URL: gone.url } });
    expect(err).toMatch(/^juara: UNREACHABLE: no answer from .*ECONNREFUSED.*\n$/);
    expect(code).toBe(6);
    expect((await juara(['watch'], { env: { JUARA_URL: gone.url } })).code).toBe(6);
  });

  it('keeps the place of a watch in a file and goes on from it', async () => {
    const file = join(await temporaryFolder(), 'cursor');
    const seqs = ({ out }: Run): number[] => [...out.matchAll(/ #(\d+) /g)].map((m) => Number(m[1]));
    const first = await juara(['watch', '--after', '', '--count', '3', '--cursor-file', file]);
    expect(seqs(first)).toEqual([1, 2, 3]);
    const second = await juara(['watch', '--after', '', '--count', '2', '--cursor-file', file]);
    expect(seqs(second)).toEqual([4, 5]);
    expect(await readdir(join(file, '..'))).toEqual(['cursor']);
    const line = await juara(['watch', '--json', '--count', '1', '--cursor-file', file]);
    expect(JSON.parse(line.out)).toMatchObject({ seq: 6, cursor: (await readFile(file, 'utf8')).trim() });
  });

  it('keeps the last checkpoint of a watch in a file, which verify reads, and refuses a log that contradicts it', async () => {
    const file = join(await temporaryFolder(), 'checkpoint.json');
    const watch = ['watch', '--after', '', '--count', '1', '--checkpoint-file', file];
    expect((await juara(watch)).code).toBe(0);
    const kept = JSON.parse(await readFile(file, 'utf8'));
    const verified = await runJuara(['verify', '--home', server.home, '--checkpoint', file]);
    expect(verified.stdout).toContain('1 of 1 checkpoints are signed by this registry: the log agrees with them');
    await juara(['tag', '1.0.0', 'stage=older']);
    expect((await juara(watch)).code).toBe(0);
    const moved = JSON.parse(await readFile(file, 'utf8'));
    expect(moved.seq).toBeGreaterThan(kept.seq);
    const other = await startTestServer();
    const elsewhere = { JUARA_URL: other.url, JUARA_TOKEN_FILE: join(other.home, 'admin.token') };
    expect(await juara(watch, { env: elsewhere })).toMatchObject({ code: 1, out: '', err: expect.stringContaining('CHECKPOINT_FORGED') });
    const named = await juara([...watch.slice(0, -2), '--public-key', moved.publicKey], { env: elsewhere });
    expect(named).toMatchObject({ code: 1, out: '', err: expect.stringContaining('CHECKPOINT_FORGED') });
    await other.stop();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(moved);
    await writeFile(file, JSON.stringify({ ...moved, seq: '9' }));
    expect(await juara(watch)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('find out who changed it') });
    await writeFile(file, JSON.stringify({ ...moved, seq: 1 }));
    expect(await juara(watch)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is not as it was saved') });
  });

  it('keeps the pool, the tags and the export', async () => {
    expect((await juara(['training', 'list'])).out).toMatch(
      /^GTO_20260210 +\S+ +2026-02-10 +GTO +magnitude=Large \(6\.2\) azimuth=NE \(45\)/m,
    );
    await juara(['training', 'add', '--id', 'SBG_20260301', '--date', '2026-03-01', '--station', 'SBG', '--label', 'magnitude=4.1']);
    expect((await juara(['training', 'validate', 'SBG_20260301'])).out).toMatch(/SBG_20260301 +validated/);
    expect((await juara(['training', 'discard', 'SBG_20260301', '--reason', 'quarry'])).out).toMatch(/SBG_20260301 +discarded/);
    expect((await juara(['tag', '1.0.0', 'stage=old', 'who=lab'])).out).toBe('stage=old\nwho=lab\n');
    expect((await juara(['tag', '1.0.0', '--remove', 'who'])).out).toBe('stage=old\n');
    const file = join(await temporaryFolder(), 'export.json');
    await juara(['export', '--out', file]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ registry_version: '2.0.0', champion: { version: '1.0.3' } });
  });

  it('says which models exist where there are several', async () => {
    await juara(['model', 'create', 'other']);
    expect(await juara(['show'])).toMatchObject({ code: 2, err: 'juara: USAGE: which model? There are convnext, other\n' });
    expect((await juara(['list'])).out).toMatch(/^convnext +1\.0\.3/m);
  });

  it('hands the local commands their options, and gives back their exit code', async () => {
    asked.length = 0;
    expect((await juara(['serve', '--home', 'h', '--port', '0'])).code).toBe(1);
    expect((await juara(['verify', '--json'])).code).toBe(2);
    expect(asked).toEqual([
      { home: 'h', port: 0 },
      { json: true, logOnly: false, checkpoints: [] },
    ]);
  });

  it('hands verify all the files with checkpoints, and the key', async () => {
    asked.length = 0;
    const files = ['--checkpoint', 'a.json', '--checkpoint', 'b.jsonl'];
    await juara(['verify', '--home', 'h', ...files, '--public-key', 'k', '--log-only']);
    expect(asked).toEqual([{ home: 'h', json: false, logOnly: true, checkpoints: ['a.json', 'b.jsonl'], publicKey: 'k' }]);
  });
});
