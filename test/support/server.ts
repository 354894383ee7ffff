import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built binary: tests see what users run. */
export const BIN = fileURLToPath(new URL('../../dist/bundle/bin.js', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface TestServer {
  readonly url: string;
  readonly home: string;
  /** Secret of the ADMIN token of the first start; after a restart without admin.token the one known before. */
  readonly token: string;
  /** Process id, for looking at it from outside. */
  readonly pid: number;
  /** SIGTERM; resolves to how it ended. The home stays until the test file ends. */
  stop(): Promise<Exit>;
  /** SIGKILL; resolves when the process is gone. */
  kill9(): Promise<void>;
  /** Resolves when the process has ended, by whatever means. */
  readonly ended: Promise<Exit>;
  /** A new process on the same home, with other settings where they are given; this one is stopped first where it still runs. */
  restart(overrides?: Settings): Promise<TestServer>;
  /** Standard output and standard error so far. */
  logs(): { readonly stdout: string; readonly stderr: string };
}

/** JUARA_* settings on top of the tests' own, and what Node itself reads; undefined takes one away. */
export type Settings = Readonly<Record<`JUARA_${string}`, string | undefined>> & { readonly NODE_EXTRA_CA_CERTS?: string };

/** A run of the binary that is not expected to become ready. */
export interface FailedStart extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

/** What the tests of this process have started and made; gone when it ends, however it ends. */
const children = new Set<ChildProcess>();
const homes = new Set<string>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Exit>;
  logs(): { readonly stdout: string; readonly stderr: string };
}

function run(args: readonly string[], settings: Settings): Running {
  // Nothing of the caller's own JUARA_* settings must reach the tests.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('JUARA_'));
  const env = { ...Object.fromEntries(inherited), ...settings };
  const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  child.once('close', () => children.delete(child));
  const out = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text;
  });
  const ended = new Promise<Exit>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  return { child, ended, logs: () => ({ ...out }) };
}

/** Resolves to the address in the ready line; rejects with the logs where the process ends before it. */
function ready({ child, ended, logs }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const url = /^juara listening on (\S+)$/m.exec(logs().stdout)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', look);
    void ended.then(({ code, signal }) => reject(new Error(`the server ended (${code ?? signal}) before it was ready:\n${logs().stderr}`)));
  });
}

async function start(home: string, settings: Settings, known = ''): Promise<TestServer> {
  const running = run(['serve'], { JUARA_HOME: home, JUARA_PORT: '0', JUARA_ENV: 'test', ...settings });
  const { child, ended, logs } = running;
  const url = await ready(running);
  const token = (await readFile(join(home, 'admin.token'), 'utf8').catch(() => known)).trim();
  const kill9 = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    home,
    token,
    pid: child.pid ?? -1,
    ended,
    logs,
    kill9,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    async restart(overrides = {}) {
      child.kill('SIGTERM');
      await ended;
      return start(home, { ...settings, ...overrides }, token);
    },
  };
}

/** Starts the built server on a free port of 127.0.0.1 with a home of its own and waits until it is ready. */
export async function startTestServer(overrides: Settings = {}): Promise<TestServer> {
  if (overrides.JUARA_HOME !== undefined) return start(overrides.JUARA_HOME, overrides);
  const home = await mkdtemp(join(tmpdir(), 'juara-test-'));
  homes.add(home);
  return start(home, overrides);
}

/** Runs the built binary to its end. */
export async function runBinary(args: readonly string[], settings: Settings = {}): Promise<FailedStart> {
  const running = run(args, settings);
  return { ...(await running.ended), ...running.logs() };
}
