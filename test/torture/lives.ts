import { appendFile } from 'node:fs/promises';
import type { CuttingProxy } from './cuttingProxy.js';
import { pause } from './seeded.js';
import { type Launch, ServerChild } from './serverChild.js';

export interface LivesParts extends Launch {
  readonly proxy: CuttingProxy;
  /** Where the server's standard error goes, of all its lives. */
  readonly complaints: string;
}

/** One process of the server after the other, on one home and behind one address. */
export class Lives {
  kills = 0;
  /** Kills, of `kills`, that came before the server was ready. */
  early = 0;
  /** Lives that ended by themselves. */
  crashes = 0;
  private child: ServerChild | null = null;

  constructor(private readonly parts: LivesParts) {}

  /** Starts the next one; resolves to its own address when it is ready. */
  async begin(): Promise<string> {
    this.child = new ServerChild(this.parts);
    const url = await this.child.ready;
    this.parts.proxy.upstream = Number(new URL(url).port);
    return url;
  }

  /** Starts the next one and kills it that soon, mostly before it is ready. */
  async beginAndKill(ms: number): Promise<void> {
    this.child = new ServerChild(this.parts);
    const ready = this.child.ready.then(
      () => true,
      () => false,
    );
    await pause(ms);
    await this.kill();
    if (!(await ready)) this.early += 1;
  }

  async kill(): Promise<void> {
    this.kills += 1;
    await this.finish('SIGKILL');
  }

  /** Ends it as an operator does, everything that was asked for done. */
  async stop(): Promise<void> {
    await this.finish('SIGTERM');
  }

  /** Ends whatever runs. */
  async end(): Promise<void> {
    await this.child?.kill('SIGKILL');
    this.child = null;
  }

  private async finish(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    const alive = await child.kill(signal);
    this.parts.proxy.upstream = null;
    if (!alive) this.crashes += 1;
    if (child.complaints !== '') await appendFile(this.parts.complaints, child.complaints);
  }
}
