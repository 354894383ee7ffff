import type { WebSocket } from 'ws';
import { CloseCode } from '../closeCodes.js';

/** More than this in a socket's buffer, and its subscriptions stop sending until it has drained. */
export const HIGH_WATER_BYTES = 256 * 1024;

/** What several subscriptions of one socket share: whether it takes more, and how long it has not. */
export class Outlet {
  private stalled: Promise<void> | null = null;

  constructor(
    private readonly socket: WebSocket,
    private readonly deadlineMs: number,
    private readonly rights: { readonly hold: boolean },
  ) {}

  /** Nothing goes to a socket that is closing, or whose rights have ended. */
  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN && this.rights.hold;
  }

  /** Null where there is room; else resolves when the socket has drained, or is gone. */
  get room(): Promise<void> | null {
    return this.stalled;
  }

  send(bytes: Buffer): void {
    this.write(bytes);
  }

  /** For what is no event; resolves when the bytes have left this process. Nothing is sent once the socket is not open. */
  reply(text: string): Promise<void> {
    if (!this.open) return Promise.resolve();
    return new Promise((resolve, reject) => this.write(text, (error) => (error == null ? resolve() : reject(error))));
  }

  /** A pong that finds no room is left out: who asks without reading must not fill our memory. */
  pong(data: Buffer): void {
    if (this.open && !this.full) this.socket.pong(data);
  }

  private get full(): boolean {
    return this.socket.bufferedAmount >= HIGH_WATER_BYTES;
  }

  private write(data: Buffer | string, sent?: (error?: Error | null) => void): void {
    if (this.full && this.stalled === null) this.stall(data, sent);
    else this.socket.send(data, { binary: false }, sent);
  }

  /**
   * The last message before the pause tells when everything has left this process; meanwhile nothing more is asked of the server
   * through this socket. A reader that takes longer than the deadline goes; ws cuts off who does not hear of that either.
   */
  private stall(data: Buffer | string, sent?: (error?: Error | null) => void): void {
    this.socket.pause();
    this.stalled = new Promise((resolve) => {
      const tooSlow = setTimeout(() => this.socket.close(CloseCode.TooSlow, 'nothing was read for too long'), this.deadlineMs);
      this.socket.send(data, { binary: false }, (error) => {
        clearTimeout(tooSlow);
        this.stalled = null;
        this.socket.resume();
        resolve();
        sent?.(error);
      });
    });
  }
}
