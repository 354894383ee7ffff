import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CappedChildOptions, startCappedChild } from '../../src/scoring/cappedChild.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'juara-capped-'));
});
afterAll(() => rm(folder, { recursive: true }));

let scripts = 0;
type Limits = Partial<Pick<CappedChildOptions, 'memoryMb' | 'timeoutMs' | 'serialization'>>;
async function start(source: string, { memoryMb = 256, timeoutMs = 30_000, ...rest }: Limits = {}) {
  scripts += 1;
  const script = join(folder, `${scripts}.mjs`);
  await writeFile(script, source);
  const messages: unknown[] = [];
  const onMessage = (m: unknown): unknown => messages.push(m);
  return { messages, child: startCappedChild({ script, cwd: folder, memoryMb, timeoutMs, onMessage, ...rest }) };
}
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a capped child', () => {
  it('finds nothing of the environment of its parent', async () => {
    vi.stubEnv('JUARA_SECRET', 'hunter2');
    const { child, messages } = await start('process.send(process.env)');
    expect(await child.ended).toEqual({ kind: 'exited', code: 0 });
    vi.unstubAllEnvs();
    const mine = ['MALLOC_ARENA_MAX', 'ORT_DISABLE_TELEMETRY', 'UV_THREADPOOL_SIZE'];
    // What a shell sets of its own accord.
    const shell = ['PWD', 'OLDPWD', 'SHLVL', '_'];
    const names = Object.keys(messages[0] as object).filter((name) => !shell.includes(name));
    expect(names.sort()).toEqual(mine);
  });

  it('talks both ways, and hands every message over before it has ended', async () => {
    const { child, messages } = await start('process.once("message", (m) => { for (let i = 0; i < 100; i++) process.send({ i, m }); })');
    child.send({ hello: 1 });
    expect(await child.ended).toEqual({ kind: 'exited', code: 0 });
    expect(messages).toEqual(Array.from({ length: 100 }, (_, i) => ({ i, m: { hello: 1 } })));
  });

  it('keeps typed arrays what they are where messages are cloned', async () => {
    const { child, messages } = await start('process.once("message", (m) => process.send([m.constructor.name, m]))', {
      serialization: 'advanced',
    });
    const numbers = Float32Array.of(0.1, -0, Number.NaN, 3e38);
    child.send(numbers);
    expect(await child.ended).toEqual({ kind: 'exited', code: 0 });
    expect(messages).toEqual([['Float32Array', numbers]]);
  });

  it('tells an exit from a crash', async () => {
    expect(await (await start('process.exit(3)')).child.ended).toEqual({ kind: 'exited', code: 3 });
    expect(await (await start('process.kill(process.pid, "SIGSEGV")')).child.ended).toEqual({ kind: 'crashed', signal: 'SIGSEGV' });
    const thrown = await start('throw new Error("broken on purpose")');
    expect(await thrown.child.ended).toEqual({ kind: 'exited', code: 1 });
    expect(thrown.child.lastWords()).toContain('broken on purpose');
  });

  it('is refused memory beyond its cap, though it does not touch it', async () => {
    const { child, messages } = await start(
      'try { process.send(Buffer.allocUnsafeSlow(2 ** 30).length) } catch (e) { process.send(e.message) }',
    );
    expect(await child.ended).toEqual({ kind: 'exited', code: 0 });
    expect(messages).toEqual([expect.stringMatching(/allocation failed/i)]);
  });

  it('ends for want of memory when its heap outgrows the cap', async () => {
    const { child } = await start('const held = []; for (;;) held.push(new Array(10000).fill({}))');
    expect(await child.ended).toEqual({ kind: 'memory', memoryMb: 256 });
  });

  it.runIf(process.platform === 'linux')('is ended by the watchdog over memory that the limit does not count', async () => {
    // The pages of node's own program are file mappings: with a cap below them only the watchdog can act.
    const { child } = await start('setInterval(() => {}, 1000)', { memoryMb: 35 });
    expect(await child.ended).toEqual({ kind: 'memory', memoryMb: 35 });
  });

  it.runIf(process.platform === 'linux')('is watched while it works for a limited time, too', async () => {
    const { child } = await start('setInterval(() => {}, 1000)', { memoryMb: 35, timeoutMs: null });
    child.limitTime(30_000);
    expect(await child.ended).toEqual({ kind: 'memory', memoryMb: 35 });
  });

  it('is killed by the wall clock, busy or not', async () => {
    const busy = await start('for (;;);', { timeoutMs: 700 });
    const idle = await start('setInterval(() => {}, 1000)', { timeoutMs: 700 });
    expect(await busy.child.ended).toEqual({ kind: 'timeout', timeoutMs: 700 });
    expect(await idle.child.ended).toEqual({ kind: 'timeout', timeoutMs: 700 });
  });

  it('without a time limit may work for a while that is set anew each time', async () => {
    const { child, messages } = await start('process.on("message", (m) => { while (m.loop); process.send(m) })', { timeoutMs: null });
    for (const round of [1, 2]) {
      const unlimit = child.limitTime(30_000);
      child.send({ round });
      await vi.waitFor(() => expect(messages).toHaveLength(round));
      unlimit();
    }
    child.limitTime(300);
    child.send({ loop: true });
    expect(await child.ended).toEqual({ kind: 'timeout', timeoutMs: 300 });
  });

  it('is not ended by a limit that was called off', async () => {
    const { child } = await start('setTimeout(() => process.exit(4), 600)', { timeoutMs: null });
    child.limitTime(50)();
    expect(await child.ended).toEqual({ kind: 'exited', code: 4 });
  });

  it('stops when it is told to, and is gone then', async () => {
    const { child } = await start('for (;;);');
    child.stop();
    expect(await child.ended).toEqual({ kind: 'stopped' });
    expect(isAlive(child.pid ?? 0)).toBe(false);
  });

  it('carries a limit on CPU time, for the day its parent is killed', async () => {
    const { child, messages } = await start('process.send((await import("node:fs")).readFileSync("/proc/self/limits", "utf8"))');
    await child.ended;
    expect(messages[0]).toMatch(/Max cpu time +70 +70 /);
    expect(messages[0]).toMatch(/Max core file size +0 +0 /);
    expect(messages[0]).toMatch(/Max data size +268435456 +268435456 /);
  });

  it('carries none where it lives without a time limit', async () => {
    const { child, messages } = await start('process.send((await import("node:fs")).readFileSync("/proc/self/limits", "utf8"))', {
      timeoutMs: null,
    });
    await child.ended;
    const mine = /Max cpu time +(\S+)/.exec(await readFile('/proc/self/limits', 'utf8'))?.[1];
    expect(messages[0]).toMatch(new RegExp(`Max cpu time +${mine} `));
    expect(messages[0]).toMatch(/Max data size +268435456 +268435456 /);
  });

  it('says that it could not start', async () => {
    const child = startCappedChild({
      script: '',
      cwd: join(folder, 'no such folder'),
      memoryMb: 256,
      timeoutMs: 1000,
      onMessage: () => undefined,
    });
    expect(await child.ended).toMatchObject({ kind: 'notStarted' });
  });
});
