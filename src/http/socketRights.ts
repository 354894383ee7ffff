import type { WebSocket } from 'ws';
import type { Actor } from '../domain/actor.js';
import type { Millis } from '../domain/records.js';
import { CloseCode } from './closeCodes.js';
import type { Bearer, ChangedRights, TokenWatch } from './tokenWatch.js';

/** setTimeout fires at once beyond it. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The rights that a socket was opened with. Once they end nothing more is sent, and the socket is closed with 4403. */
export class SocketRights implements Bearer {
  private actor: Actor | null = null;
  private endsAt: Millis | null = null;
  private clock: NodeJS.Timeout | undefined;
  private release: () => void = () => undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly now: () => Millis,
  ) {}

  /** Asked for each message that goes out: the instant of the end counts, not when its timer runs. */
  get hold(): boolean {
    return this.endsAt === null || this.now() < this.endsAt;
  }

  /** The actor of ConnectionInit; null: nobody, who may open a socket where a field allows nothing. */
  grant(actor: Actor | null, watch: TokenWatch): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.actor = actor;
    if (actor?.tokenId != null) this.release = watch.hold(actor.tokenId, this);
    this.until(actor?.expiresAt ?? null);
  }

  revoked(): void {
    this.end('the token was revoked');
  }

  changed({ role, models, expiresAt }: ChangedRights): void {
    const kept = (role === undefined || role === this.actor?.role) && (models === undefined || same(models, this.actor?.models ?? null));
    if (!kept) this.end('the role or the models of the token have changed');
    else if (expiresAt !== undefined) this.until(expiresAt);
  }

  end(reason: string): void {
    this.forget();
    this.socket.close(CloseCode.Forbidden, reason);
  }

  /** The socket is gone. */
  forget(): void {
    clearTimeout(this.clock);
    this.release();
  }

  private until(endsAt: Millis | null): void {
    this.endsAt = endsAt;
    clearTimeout(this.clock);
    if (endsAt === null) return;
    const left = endsAt - this.now();
    if (left <= 0) this.end('the token has expired');
    else this.clock = setTimeout(() => this.until(endsAt), Math.min(left, LONGEST_TIMEOUT_MS)).unref();
  }
}

function same(one: readonly string[] | null, other: readonly string[] | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
