/** An error of the command line itself: USAGE (a wrong or missing argument) or CANCELLED (a question answered with no). */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly code: 'USAGE' | 'CANCELLED',
    message: string,
  ) {
    super(message);
  }
}

export function usage(message: string): CliError {
  return new CliError('USAGE', message);
}
