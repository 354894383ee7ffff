import type { Follower } from '../../ports.js';
import { frame, frameHead } from './frame.js';
import type { Outlet } from './outlet.js';

/**
 * One subscription of one socket, as the iterator that graphql-ws holds: it yields nothing itself, because results go to the socket
 * as encoded frames; it ends when the client or the server ends the subscription.
 */
export class Subscriber implements AsyncIterableIterator<never> {
  gone = false;
  private readonly head: Buffer;
  private readonly ended: Promise<IteratorResult<never>>;
  private settle: (error: unknown) => void = () => undefined;

  constructor(
    id: string,
    readonly outlet: Outlet,
    /** Everything that matches up to this seq has been sent. */
    public at: number,
    /** Where it stands in the log while it is not served from the group's memory. */
    public follower: Follower | null,
    private readonly onLeave: (subscriber: Subscriber) => void,
  ) {
    this.head = frameHead(id);
    this.ended = new Promise((resolve, reject) => {
      this.settle = (error) => (error === null ? resolve({ done: true, value: undefined }) : reject(error));
    });
  }

  send(tail: Buffer): void {
    if (this.outlet.open) this.outlet.send(frame(this.head, tail));
  }

  /** `error` null: the stream is over; else the client is told of it. */
  end(error: unknown): void {
    if (this.gone) return;
    this.gone = true;
    void this.follower?.return?.();
    this.onLeave(this);
    this.settle(error);
  }

  next(): Promise<IteratorResult<never>> {
    return this.ended;
  }

  return(): Promise<IteratorResult<never>> {
    this.end(null);
    return this.ended;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
