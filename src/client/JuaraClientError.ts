/**
 * What every call of the client throws. `code` is the server's public code (MODEL_NOT_FOUND, CONFLICT, ...), or one of the client's
 * own: UNREACHABLE (no answer came), BAD_RESPONSE (the answer is not Juara's), FILE_UNREADABLE (a local file cannot be read),
 * INVALID_DOCUMENT (a local registry document is not JSON).
 */
export class JuaraClientError extends Error {
  override readonly name = 'JuaraClientError';
  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
