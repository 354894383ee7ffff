import { setTimeout as delay } from 'node:timers/promises';
import type { StoredEvent } from '../domain/event.js';
import { secretsInForce, webhookFilter } from '../domain/webhook.js';
import { cloudEvent } from './cloudEvent.js';
import type { DelivererOptions } from './delivererOptions.js';
import { postMessage } from './postMessage.js';
import { recordAttempt, type Verdict } from './recordAttempt.js';
import { signatureHeaders } from './signatureHeaders.js';

/** How long a worker waits after a failure that was not the receiver's, e.g. a database that is away. */
const MISHAP_MS = 5_000;
const USER_AGENT = 'juara-webhooks';

/**
 * Delivers the log to one hook: event after event, each until it succeeds. Its place is in the database alone; what is in memory may be
 * lost at any moment. It ends as soon as the hook is other than it was, and whoever started it looks whether to start another.
 */
export class HookWorker {
  /** Resolves when nothing of it runs any more. */
  readonly ended: Promise<void>;
  private readonly halt = new AbortController();
  private readonly cut = new AbortController();

  constructor(
    private readonly id: string,
    private readonly registryId: string,
    private readonly options: DelivererOptions,
  ) {
    this.ended = this.run();
  }

  /** Waits end; a request that is under way is let finish. */
  stop(): void {
    this.halt.abort();
  }

  /** Breaks off the request that is under way; its event will come again. */
  cutOff(): void {
    this.stop();
    this.cut.abort();
  }

  private async run(): Promise<void> {
    try {
      await this.deliverAll();
    } catch (error) {
      this.options.onError(error);
      await pause(MISHAP_MS, this.halt.signal);
    }
  }

  private async deliverAll(): Promise<void> {
    const { signal } = this.halt;
    const { store, feed } = this.options;
    const hook = await store.reads.webhook(this.id);
    if (hook === null || !hook.active) return;
    const follower = await feed.follow(webhookFilter(hook), await feed.cursorAt(hook.seq));
    const leave = (): void => void follower.return?.();
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    let place = hook.seq;
    // Leaving the loop ends the follower.
    for await (const event of follower) {
      if (signal.aborted || !(await this.deliver(event, place, signal))) return;
      place = event.seq;
    }
  }

  /** True where the hook's place has moved behind the event. */
  private async deliver(event: StoredEvent, from: number, signal: AbortSignal): Promise<boolean> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      const verdict = await this.attempt(event, from, failures);
      if (verdict.next !== 'retry') return verdict.next === 'advance';
      await pause(verdict.delayMs, signal);
    }
    return false;
  }

  private async attempt(event: StoredEvent, from: number, failures: number): Promise<Verdict> {
    const { store, feed, owner, policy, allowPrivate, now } = this.options;
    const [hook, secrets] = await Promise.all([store.reads.webhook(this.id), store.reads.webhookSecrets(this.id)]);
    if (hook === null || secrets === null || !hook.active || hook.seq !== from) return { next: 'reload' };
    const message = cloudEvent(event, this.registryId, await feed.cursor(event));
    const at = now();
    const answer = await postMessage({
      url: hook.url,
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'user-agent': USER_AGENT,
        ...signatureHeaders(message, secretsInForce(secrets, at), at),
      },
      body: message.body,
      timeoutMs: policy.timeoutMs,
      allowPrivate,
      signal: this.cut.signal,
    });
    // Our own doing is no failure of the receiver's.
    if (answer.status === null && this.cut.signal.aborted) return { next: 'reload' };
    return recordAttempt(this.options, { hook, from, seq: event.seq, answer, failures, owner, at });
  }
}

/** Resolves after the time, or at once when the signal fires. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
