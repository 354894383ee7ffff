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
  ) {}

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Null where there is room; else resolves when the socket has drained, or is gone. */
  get room(): Promise<void> | null {
    return this.stalled;
  }

  send(bytes: Buffer): void {
    if (this.socket.bufferedAmount < HIGH_WATER_BYTES) this.socket.send(bytes, { binary: false });
    else this.stall(bytes);
  }

  /** The last message before the pause tells when everything has left this process; a reader that takes longer than the deadline goes. */
  private stall(bytes: Buffer): void {
    this.stalled = new Promise((resolve) => {
      const tooSlow = setTimeout(() => this.socket.close(CloseCode.TooSlow, 'nothing was read for too long'), this.deadlineMs);
      const cutOff = setTimeout(() => this.socket.terminate(), this.deadlineMs + 1_000);
      this.socket.send(bytes, { binary: false }, () => {
        clearTimeout(tooSlow);
        clearTimeout(cutOff);
        this.stalled = null;
        resolve();
      });
    });
  }
}
