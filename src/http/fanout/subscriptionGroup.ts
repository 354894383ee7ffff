import type { StoredEvent } from '../../domain/event.js';
import type { Feed, Follower } from '../../ports.js';
import type { TokenWatch } from '../tokenWatch.js';
import type { SharedSource } from './sharedSource.js';
import type { Subscriber } from './subscriber.js';

/** Results that are kept for subscribers that fall a little behind; who is further behind reads the log by itself. */
const KEPT = 256;

interface Rendered {
  readonly seq: number;
  readonly tail: Buffer;
}

export interface GroupParts {
  readonly feed: Feed;
  readonly watch: Pick<TokenWatch, 'reached' | 'caughtUp'>;
  /** Executes the operation on what an event became, and encodes the result. */
  readonly render: (root: unknown) => Promise<Buffer>;
  readonly onEmpty: () => void;
}

/**
 * All subscribers that asked the same with the same rights: one place in the log, one execution and one encoding an event. A subscriber
 * is live (it gets each result as it comes) or served (it is behind: sent from memory, or from the log by a place of its own).
 */
export class SubscriptionGroup {
  private readonly source: Follower;
  private readonly rootOf: SharedSource['rootOf'];
  private kept: Rendered[] = [];
  /** Everything that matches after this seq, up to where the source stands, is in `kept`. */
  private keptFrom: number;
  private readonly live = new Set<Subscriber>();
  private readonly all = new Set<Subscriber>();

  constructor(
    { follower, rootOf }: Omit<SharedSource, 'initial'>,
    private readonly parts: GroupParts,
  ) {
    this.source = follower;
    this.rootOf = rootOf;
    this.keptFrom = follower.position;
    void this.pump();
  }

  /** `initial`: what the subscriber is shown before any event. */
  join(subscriber: Subscriber, initial: readonly unknown[]): void {
    this.all.add(subscriber);
    void this.serve(subscriber, initial).catch((error: unknown) => subscriber.end(error));
  }

  leave(subscriber: Subscriber): void {
    this.live.delete(subscriber);
    if (!this.all.delete(subscriber) || this.all.size > 0) return;
    this.parts.onEmpty();
    void this.source.return?.();
  }

  private async pump(): Promise<void> {
    let failure: unknown = null;
    try {
      for await (const event of this.source) await this.publish(event);
    } catch (error) {
      failure = error;
    }
    for (const subscriber of [...this.all]) subscriber.end(failure);
  }

  private async publish(event: StoredEvent): Promise<void> {
    const rendered = await this.rendered(event);
    this.kept.push(rendered);
    if (this.kept.length > KEPT) this.keptFrom = this.kept.shift()?.seq ?? this.keptFrom;
    for (const subscriber of this.live) this.deliver(subscriber, rendered);
  }

  /** Resolves when every token that lost its rights up to this event has lost its sockets. */
  private async rendered(event: StoredEvent): Promise<Rendered> {
    const { render, watch } = this.parts;
    const tail = await render(this.rootOf(event));
    await watch.reached(event.seq);
    return { seq: event.seq, tail };
  }

  private deliver(subscriber: Subscriber, { seq, tail }: Rendered): void {
    if (seq <= subscriber.at) return;
    if (subscriber.outlet.room === null) {
      subscriber.send(tail);
      subscriber.at = seq;
    }
    if (subscriber.outlet.room === null) return;
    this.live.delete(subscriber);
    void this.serve(subscriber, []).catch((error: unknown) => subscriber.end(error));
  }

  /** Sends what the subscriber has not had; ends, without a gap for an event to slip through, by making it live. */
  private async serve(subscriber: Subscriber, initial: readonly unknown[]): Promise<void> {
    for (const root of initial) {
      const tail = await this.parts.render(root);
      await this.parts.watch.caughtUp();
      subscriber.send(tail);
    }
    while (!subscriber.gone) {
      if (subscriber.outlet.room !== null) await subscriber.outlet.room;
      else if (subscriber.at < this.keptFrom) await this.readOne(subscriber);
      else if (!this.sendKept(subscriber)) break;
    }
    if (subscriber.gone) return;
    void subscriber.follower?.return?.();
    subscriber.follower = null;
    this.live.add(subscriber);
  }

  /** False where it has had everything that is kept. */
  private sendKept(subscriber: Subscriber): boolean {
    const next = this.kept[firstAfter(this.kept, subscriber.at)];
    if (next === undefined) return false;
    subscriber.send(next.tail);
    subscriber.at = next.seq;
    return true;
  }

  /** One event from the log, through a place of the subscriber's own. */
  private async readOne(subscriber: Subscriber): Promise<void> {
    const { feed } = this.parts;
    subscriber.follower ??= await feed.follow(this.source.filter, await feed.cursorAt(subscriber.at));
    const step = await subscriber.follower.next();
    if (step.done === true) return subscriber.end(null);
    const { seq, tail } = await this.rendered(step.value);
    if (subscriber.gone) return;
    subscriber.send(tail);
    subscriber.at = Math.max(seq, subscriber.follower.position);
  }
}

function firstAfter(kept: readonly Rendered[], seq: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((kept[middle] as Rendered).seq > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
