import type { Actor, Role } from '../domain/actor.js';
import type { StoredEvent } from '../domain/event.js';
import type { Millis } from '../domain/records.js';
import type { Feed, Follower, Reads } from '../ports.js';
import type { Authenticate, Login } from './authenticate.js';

/** Rights of a token after a change; what did not change is left out. */
export interface ChangedRights {
  readonly role?: Role;
  readonly models?: readonly string[] | null;
  readonly expiresAt?: Millis | null;
}

/** Who holds a token's rights open: a socket. Both are called before anything later in the log is delivered. */
export interface Bearer {
  revoked(): void;
  changed(rights: ChangedRights): void;
}

interface WatchParts {
  readonly feed: Feed;
  readonly reads: Pick<Reads, 'head'>;
  /** The log could not be read; it is tried again, and what follows the log waits meanwhile. */
  readonly onError: (error: unknown) => void;
}

const RETRY_MS = 1_000;

/**
 * Follows the log for the ends and changes of tokens. Whoever delivers event `seq` asks reached(seq) first: by then every token that
 * lost its rights at or before it has lost its sockets. The log's order decides, not who was quicker.
 */
export class TokenWatch {
  private readonly bearers = new Map<string, Set<Bearer>>();
  private readonly waiting = new Map<() => void, number>();
  /** Ends and changes of tokens that have been seen. */
  private changes = 0;
  private ended = false;
  private wakeUp: () => void = () => undefined;

  private constructor(
    private readonly parts: WatchParts,
    private readonly log: Follower,
    /** Every event up to this seq has been looked at. */
    private seen: number,
  ) {}

  /** From the log's end on; end() stops it. */
  static async start(parts: WatchParts): Promise<TokenWatch> {
    const log = await parts.feed.follow({}, null);
    const watch = new TokenWatch(parts, log, log.position);
    void watch.run();
    return watch;
  }

  /** Null where every event up to `seq` has been looked at; else resolves when it has. */
  reached(seq: number): Promise<void> | null {
    if (seq <= this.seen || this.ended) return null;
    return new Promise((resolve) => this.waiting.set(resolve, seq));
  }

  /** For what is read from the state instead of the log: resolves when all that the state may hold has been looked at. */
  async caughtUp(): Promise<void> {
    await this.reached((await this.parts.reads.head()).seq);
  }

  /**
   * Authenticates, and hands the actor to `admit` at an instant at which no end or change of its token can have been missed: one that
   * the answer does not show yet is still to come, and finds the bearer that `admit` leaves here with hold().
   */
  async admit<T>(authenticate: Authenticate, login: Login, admit: (actor: Actor | null) => T): Promise<T> {
    for (;;) {
      const before = this.changes;
      const actor = await authenticate(login);
      if (this.changes === before) return admit(actor);
    }
  }

  /** Tells `bearer` of its token from now on; returns the end of that. */
  hold(tokenId: string, bearer: Bearer): () => void {
    const held = this.bearers.get(tokenId) ?? new Set();
    this.bearers.set(tokenId, held.add(bearer));
    return () => {
      held.delete(bearer);
      if (held.size === 0 && this.bearers.get(tokenId) === held) this.bearers.delete(tokenId);
    };
  }

  async end(): Promise<void> {
    this.ended = true;
    this.wakeUp();
    await this.log.return?.();
    this.release(Number.POSITIVE_INFINITY);
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      try {
        const step = await this.log.next();
        if (step.done === true) break;
        this.look(step.value);
      } catch (error) {
        this.parts.onError(error);
        await this.pause();
      }
    }
    this.ended = true;
    this.release(Number.POSITIVE_INFINITY);
  }

  private look(event: StoredEvent): void {
    if (event.type === 'TOKEN_REVOKED' || event.type === 'TOKEN_CHANGED') this.tell(event);
    this.seen = event.seq;
    this.release(event.seq);
  }

  private tell({ type, data }: StoredEvent): void {
    this.changes += 1;
    for (const bearer of [...(this.bearers.get(String(data.id)) ?? [])]) {
      if (type === 'TOKEN_REVOKED') bearer.revoked();
      else bearer.changed(data.after as ChangedRights);
    }
  }

  private release(seq: number): void {
    for (const [resolve, wanted] of this.waiting) {
      if (wanted > seq) continue;
      this.waiting.delete(resolve);
      resolve();
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const clock = setTimeout(resolve, RETRY_MS);
      this.wakeUp = () => {
        clearTimeout(clock);
        resolve();
      };
    });
  }
}
