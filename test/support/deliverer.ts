import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '../../src/domain/actor.js';
import type { StoredEvent } from '../../src/domain/event.js';
import { createFeed, type RunningFeed } from '../../src/feed/createFeed.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/storage/openStore.js';
import { type CreateWebhookInput, createWebhook } from '../../src/usecases/createWebhook.js';
import type { DelivererOptions } from '../../src/webhooks/delivererOptions.js';
import { type Deliverer, startDeliverer } from '../../src/webhooks/startDeliverer.js';

export const ADMIN: Actor = { ...SYSTEM, name: 'ops' };

/** One process's share of a registry: its store, feed, and what delivers. */
export interface Node {
  readonly store: Store;
  readonly feed: RunningFeed;
  readonly deps: { readonly store: Store; readonly now: () => number; readonly allowPrivateWebhooks: true };
  readonly errors: readonly unknown[];
  deliver(options?: Partial<DelivererOptions>): Promise<Deliverer>;
  hook(input: Partial<CreateWebhookInput> & { url: string }): ReturnType<typeof createWebhook>;
  write(count: number, model?: string | null): Promise<StoredEvent[]>;
  /** Stops what was started, the last first. */
  close(): Promise<void>;
}

/** Waits short enough for tests, with nothing left to chance. */
export const POLICY = { timeoutMs: 2_000, retryDelaysMs: [1, 2, 5], giveUpMs: 3_600_000 } as const;

export async function openNode(url: string): Promise<Node> {
  const { store, close } = await openStore({ url });
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const feed = await createFeed(store, onError);
  const deps = { store, now: Date.now, allowPrivateWebhooks: true } as const;
  const started: Deliverer[] = [];
  return {
    store,
    feed,
    deps,
    errors,
    async deliver(options = {}) {
      const fixed = { store, feed, policy: POLICY, owner: randomUUID(), leaseMs: null, drainMs: 0, random: () => 0.5, onError };
      const deliverer = await startDeliverer({ ...fixed, allowPrivate: true, now: Date.now, ...options });
      started.push(deliverer);
      return deliverer;
    },
    hook: (input) => createWebhook(deps, ADMIN, { name: 'a hook', ...input }),
    write: (count, model = null) =>
      store.inTransaction(async (tx) => {
        const events: StoredEvent[] = [];
        for (let i = 0; i < count; i++)
          events.push(await tx.append({ type: i % 3 === 0 ? 'PROMOTED' : 'POLICY_CHANGED', at: i, actor: 'ä', model, data: { i } }));
        return events;
      }),
    async close() {
      for (const deliverer of started.reverse()) await deliverer.stop();
      feed.close();
      await close();
    },
  };
}
