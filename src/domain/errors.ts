/**
 * Every code that a client can find in `extensions.code` of a GraphQL error, or in `code` of a REST error.
 * The text beside a code is its documentation: docs/errors.md is generated from it.
 */
export const ERROR_CODES = {
  MODEL_NOT_FOUND: 'No model has this name. `juara list` shows those that exist.',
  MODEL_EXISTS: 'A model of this name exists already. Register versions under it, or choose another name.',
  VERSION_NOT_FOUND: 'The model has no such version. Versions are matched exactly: 1.0.1 is not 1.0.10.',
  VERSION_EXISTS: 'The version is registered already and never changes. Register the next one.',
  BENCHMARK_EXISTS: 'A benchmark of this name exists already and never changes. Choose another name.',
  BENCHMARK_NOT_FOUND: 'No benchmark has this name.',
  DECISION_NOT_FOUND: 'No decision has this id.',
  EVALUATION_NOT_FOUND: 'No evaluation has this id.',
  TRAINING_EVENT_NOT_FOUND: "The model's training pool has no such event.",
  TRAINING_EVENT_EXISTS: 'The training pool holds an event of this id with other content.',
  TOKEN_NOT_FOUND: 'No token has this id.',
  WEBHOOK_NOT_FOUND: 'No webhook has this id.',
  INVALID_NAME: 'A name holds characters that are not allowed, or is too long. The message says which.',
  INVALID_SEMVER: 'Not a semantic version 2.0.0 (major.minor.patch), e.g. 1.0.1.',
  INVALID_NUMBER: 'A number is NaN, infinite, or outside of its range.',
  INVALID_INPUT: 'An input is malformed or contradicts itself. The message names it.',
  INVALID_DOCUMENT: 'The registry document is not of version 2.0. The message names the path and what was expected.',
  UNKNOWN_METRIC: 'No version of the model carries the metric. The message names those that it carries.',
  WEBHOOK_URL_REFUSED:
    'Nothing may be delivered to this URL: only http and https, to public addresses, without credentials. The message says which.',
  DIGEST_MISMATCH: 'The uploaded bytes do not have the SHA-256 of the address. Nothing was kept; upload again.',
  ARTIFACT_NOT_FOUND: 'No artifact with this digest was uploaded. PUT it to /artifacts/<sha256> first.',
  ARTIFACT_INVALID: 'An ONNX file does not load. The message says why.',
  SIGNATURE_INVALID: "A signature is no Ed25519 DSSE statement on exactly the version's files. The message says why; nothing was attached.",
  BENCHMARK_INVALID: "A benchmark's file cannot be read as what it was said to be. The message names the array, row or column.",
  ARTIFACT_MISSING: 'A file of the version is gone from the store. Restore it from a backup, or choose another version.',
  ARTIFACT_DAMAGED: "A file's bytes no longer have their recorded SHA-256. Roll back to another version, or restore the file.",
  CONFLICT: 'The state is not the expected one any more. Read it again and decide anew.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used with another input. Take a new key.',
  ALREADY_CHAMPION: 'The version is the champion already.',
  NEVER_CHAMPION: 'Only a version that has been champion can be rolled back to. Promote it instead.',
  NO_CHAMPION: 'The model has no champion yet. Promote a version first.',
  NO_PREVIOUS_CHAMPION: 'The champion replaced no other version, so there is none to go back to. Name a version.',
  INVALID_TRANSITION: "The version's status does not allow the step. The message names the steps that it allows.",
  DECISION_CLOSED: 'The decision does not wait for an approval, or has been answered already.',
  EVALUATION_ENDED: 'The evaluation has succeeded, failed or been cancelled already.',
  EVALUATION_FAILED: 'The version could not be measured. The message says why; the server and other evaluations go on.',
  PREDICTION_FAILED: 'The model gave no answer. The message says why; the next request starts it anew.',
  TASKS_FROZEN: 'Tasks cannot change once a version has been measured. Create a new model.',
  LAST_ADMIN: 'The last ADMIN token can neither be revoked nor lose its rights. Create another one first.',
  CURSOR_INVALID: 'The cursor is not one of ours. Start from the beginning (after: "") or from now (no cursor).',
  CURSOR_FOREIGN: 'The cursor belongs to another registry, or to another history of this one.',
  CURSOR_AHEAD: 'The cursor is ahead of the log: an older backup was restored. Read the state anew.',
  STORAGE_FULL: 'No space is left where the registry keeps its files or its database. Nothing was changed; free some space.',
  STORAGE_READ_ONLY: 'The registry may not write to its files or its database. Nothing was changed; mend the permissions.',
  DATABASE_TOO_NEW: 'The database was written by a newer release. Start that release, or restore an older backup.',
  DATABASE_DAMAGED: 'The database cannot be read. Restore a backup, or run `juara rebuild`.',
  HOME_IN_USE: 'Another process serves this home already.',
  CONFIG_INVALID: 'A JUARA_* setting is unknown or malformed. `juara config` lists all of them.',
  UNAUTHENTICATED: 'A valid token is needed: Authorization: Bearer <token>.',
  FORBIDDEN: "The token's role, or its models, do not allow this.",
  RATE_LIMITED: 'Too much came from this address: failed logins, or uploads. The message says what, and `retryAfter` when to come again.',
  OPERATION_TOO_COMPLEX:
    'The GraphQL operation asks for more than one operation may. The message says of what, and names the setting: ask for less at once.',
  OPERATION_NOT_LISTED:
    'This server executes the operations of a list only (JUARA_OPERATIONS=listed). Add the document to JUARA_OPERATIONS_FILE.',
  PAYLOAD_TOO_LARGE: 'The request is larger than the limit that the message names.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The one family of errors that use cases throw; `code` is public, `message` says what to do. */
export class JuaraError extends Error {
  override readonly name = 'JuaraError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
