import type { Duplex } from 'node:stream';
import { bareAnswer } from './bareAnswer.js';

/** Answers a WebSocket handshake with plain HTTP and hangs up. */
export function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  bareAnswer(socket, status, { message });
}
