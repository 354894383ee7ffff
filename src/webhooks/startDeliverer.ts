import { setTimeout as delay } from 'node:timers/promises';
import type { Follower } from '../ports.js';
import type { DelivererOptions } from './delivererOptions.js';
import { HookWorker } from './hookWorker.js';

export interface Deliverer {
  /** Hooks that this process delivers to at the moment. */
  workers(): number;
  /** No new deliveries; those under way are waited for, then broken off; the hooks are free for other processes. */
  stop(): Promise<void>;
}

/** Where claiming has failed (a database that is away), the next attempt follows this much later, in milliseconds. */
const CLAIM_AGAIN_MS = 5_000;

/** Delivers the log to every active hook, one worker each, and keeps to what becomes of the hooks. */
export async function startDeliverer(options: DelivererOptions): Promise<Deliverer> {
  const { registryId } = await options.store.reads.head();
  // The changes first: one between the claim and this subscription would go unheard.
  const changes = await options.feed.follow({ types: ['WEBHOOK_CREATED', 'WEBHOOK_UPDATED'] }, null);
  const pool = new HookPool(registryId, options);
  const watching = watch(changes, pool).catch(options.onError);
  await pool.claim();
  return {
    workers: () => pool.size,
    async stop() {
      await changes.return?.();
      await watching;
      await pool.stop();
    },
  };
}

async function watch(changes: Follower, pool: HookPool): Promise<void> {
  for await (const { data } of changes) {
    await pool.claim();
    if (typeof data.id === 'string') pool.restart(data.id);
  }
}

/** The workers of this process: one for each active hook that it holds. */
class HookPool {
  private readonly workers = new Map<string, HookWorker>();
  private timer: NodeJS.Timeout | null = null;
  private turn: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly registryId: string,
    private readonly options: DelivererOptions,
  ) {}

  get size(): number {
    return this.workers.size;
  }

  /** The hook has changed: its worker ends, and another begins from what the database says. */
  restart(id: string): void {
    this.workers.get(id)?.stop();
  }

  /** Takes what is free, renews what is held, lets go of what is lost. Calls that overlap follow each other. */
  claim(): Promise<void> {
    this.turn = this.turn.then(() => this.claimNow());
    return this.turn;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.turn;
    if (this.timer !== null) clearTimeout(this.timer);
    const workers = [...this.workers.values()];
    for (const worker of workers) worker.stop();
    const ended = Promise.all(workers.map((worker) => worker.ended));
    const drained = new AbortController();
    await Promise.race([ended, delay(this.options.drainMs, undefined, { signal: drained.signal }).catch(() => undefined)]);
    drained.abort();
    for (const worker of workers) worker.cutOff();
    await ended;
    await this.options.store.inTransaction((tx) => tx.releaseWebhooks(this.options.owner));
  }

  private async claimNow(): Promise<void> {
    if (this.stopped) return;
    const { store, owner, leaseMs, onError } = this.options;
    try {
      const held = await store.inTransaction((tx) => tx.claimWebhooks(owner, leaseMs));
      for (const id of held) if (!this.workers.has(id)) this.start(id);
      for (const [id, worker] of this.workers) if (!held.includes(id)) worker.stop();
      this.claimLater(leaseMs === null ? null : leaseMs / 3);
    } catch (error) {
      onError(error);
      this.claimLater(Math.min(CLAIM_AGAIN_MS, (leaseMs ?? Number.POSITIVE_INFINITY) / 3));
    }
  }

  private claimLater(ms: number | null): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = ms === null ? null : setTimeout(() => void this.claim(), ms).unref();
  }

  private start(id: string): void {
    const worker = new HookWorker(id, this.registryId, this.options);
    this.workers.set(id, worker);
    void worker.ended.then(() => this.gone(id));
  }

  /** Whether the hook is still active, and still this process's, is for the claim to find out. */
  private gone(id: string): void {
    this.workers.delete(id);
    if (!this.stopped) void this.claim();
  }
}
