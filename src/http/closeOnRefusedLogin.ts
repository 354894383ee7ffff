import type { WebSocket } from 'ws';
import { CloseCode } from './closeCodes.js';
import { closeReason } from './closeReason.js';
import { errorAnswer } from './errorAnswer.js';

const CODE_OF_STATUS: Readonly<Record<number, CloseCode>> = {
  401: CloseCode.Unauthorized,
  403: CloseCode.Forbidden,
  429: CloseCode.TooManyFailedLogins,
  503: CloseCode.TryAgainLater,
};

/** Ends a socket whose login is refused, with the code that says why; false where the error is none that a client may be told. */
export function closeOnRefusedLogin(socket: WebSocket, error: unknown): boolean {
  const { status, message } = errorAnswer(error, 0);
  const code = CODE_OF_STATUS[status];
  if (code === undefined) return false;
  socket.close(code, closeReason(message));
  return true;
}
