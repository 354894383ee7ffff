import type { RegistryEvent } from './event.js';

/**
 * Events between the socket and the consumer. It keeps those that are newer than the last one it took (a resumed subscription may
 * repeat some), and says when it is full: then the subscription is ended, and begun again from `cursor` when the consumer has
 * caught up, so that a slow consumer costs a cursor and not memory.
 */
export class EventBuffer {
  private readonly events: RegistryEvent[] = [];
  private wake: (() => void) | null = null;
  /** Of the last event taken. */
  private seq = 0;

  constructor(
    /** Behind the last event taken; undefined where none has been and the caller named none. */
    public cursor: string | undefined,
    private readonly capacity = 1000,
  ) {}

  /** False where the event is a repetition. */
  push(event: RegistryEvent): boolean {
    if (event.seq <= this.seq) return false;
    this.seq = event.seq;
    this.cursor = event.cursor;
    this.events.push(event);
    this.nudge();
    return true;
  }

  shift(): RegistryEvent | undefined {
    return this.events.shift();
  }

  get full(): boolean {
    return this.events.length >= this.capacity;
  }

  /** Ends a `changed()` that waits. */
  nudge(): void {
    this.wake?.();
    this.wake = null;
  }

  /** Resolves at the next push or nudge; at once where events wait. */
  changed(): Promise<void> {
    if (this.events.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
