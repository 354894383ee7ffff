import { type ChildProcess, spawn } from 'node:child_process';

export interface Launch {
  /** The built `juara`. */
  readonly bin: string;
  readonly home: string;
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** The server as a process of its own, to be killed. */
export class ServerChild {
  /** Resolves to the address; rejects where the process ends before it is ready. */
  readonly ready: Promise<string>;
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private stderr = '';

  constructor({ bin, home }: Launch) {
    const settings = {
      JUARA_HOME: home,
      JUARA_PORT: '0',
      JUARA_LOG_LEVEL: 'error',
      JUARA_WRITE_DEADLINE_MS: '2000',
      JUARA_MAX_SOCKETS_PER_ADDRESS: '1000',
    };
    const child = spawn(process.execPath, [bin, 'serve'], {
      env: { PATH: process.env.PATH ?? '', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    children.add(child);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-5_000);
    });
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    void this.ended.then(() => children.delete(child));
    this.ready = new Promise((resolve, reject) => {
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        const url = /^juara listening on (\S+)$/m.exec(out)?.[1];
        if (url !== undefined) resolve(url);
      });
      void this.ended.then(() => reject(new Error(`the server ended before it was ready:\n${this.stderr}`)));
    });
    // Whoever kills it while it starts does not wait for it to be ready.
    this.ready.catch(() => undefined);
  }

  /** What it had to complain of, at most the last 5,000 characters. */
  get complaints(): string {
    return this.stderr;
  }

  /** False where it had ended by itself before. */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const alive = this.child.exitCode === null && this.child.signalCode === null;
    this.child.kill(signal);
    await this.ended;
    return alive;
  }
}
