/** Exit codes of `juara`, the same for every command; docs/cli.md lists them. */
export const EXIT = {
  OK: 0,
  ERROR: 1,
  USAGE: 2,
  REFUSED: 3,
  AWAITING_APPROVAL: 4,
  CONFLICT: 5,
  UNREACHABLE: 6,
  NOT_ALLOWED: 7,
  NOT_FOUND: 8,
  CANCELLED: 9,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_TEXTS: Readonly<Record<keyof typeof EXIT, string>> = {
  OK: 'done',
  ERROR: 'an error that has no code of its own',
  USAGE: 'the command line is wrong, or a confirmation is missing (--yes)',
  REFUSED: 'the policy refuses the promotion; the rules say why',
  AWAITING_APPROVAL: 'the promotion waits for `juara approve`',
  CONFLICT: 'the state is not the expected one: read it again and decide anew',
  UNREACHABLE: 'the server does not answer',
  NOT_ALLOWED: 'the token is missing, not valid, or not enough',
  NOT_FOUND: 'the registry holds nothing of this name',
  CANCELLED: 'the question was answered with no',
};

const BY_CODE: Readonly<Record<string, ExitCode>> = {
  USAGE: EXIT.USAGE,
  CANCELLED: EXIT.CANCELLED,
  CONFLICT: EXIT.CONFLICT,
  IDEMPOTENCY_KEY_REUSED: EXIT.CONFLICT,
  ALREADY_CHAMPION: EXIT.CONFLICT,
  DECISION_CLOSED: EXIT.CONFLICT,
  UNREACHABLE: EXIT.UNREACHABLE,
  UNAVAILABLE: EXIT.UNREACHABLE,
  UNAUTHENTICATED: EXIT.NOT_ALLOWED,
  FORBIDDEN: EXIT.NOT_ALLOWED,
};

/** The exit code for an error's public code. */
export function exitCodeOf(code: string): ExitCode {
  if (code.endsWith('_EXISTS')) return EXIT.CONFLICT;
  if (code.endsWith('_NOT_FOUND')) return EXIT.NOT_FOUND;
  return BY_CODE[code] ?? EXIT.ERROR;
}
