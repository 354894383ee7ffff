/**
 * What every call of the client throws. `code` is the server's public code (MODEL_NOT_FOUND, CONFLICT, ...), or one of the client's
 * own: UNREACHABLE (no answer came), BAD_RESPONSE (the answer is not Juara's), FILE_UNREADABLE (a local file cannot be read),
 * INVALID_DOCUMENT (a local registry document is not JSON), INVALID_KEY (a key to sign with is none), LOG_TRUNCATED (the log is shorter than a checkpoint says), LOG_REWRITTEN (it
 * has another history), LOG_INCOMPLETE (an event of it was not handed out), CHECKPOINT_FORGED (not signed with the registry's key).
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
