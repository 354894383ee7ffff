/** Causes that are followed; an error may be its own. */
const DEPTH = 5;

/**
 * What the log keeps of an error: what happened and where. Whatever else hangs on one is left out, because libraries hang on it what
 * they were working with: TypeORM the parameters of a statement (a webhook's secret), Node the bytes that were received (a token).
 */
export function loggedError(error: unknown, depth = DEPTH): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, code, cause } = error as NodeJS.ErrnoException;
  const causes = (error instanceof AggregateError ? error.errors : [cause]).filter((c) => c instanceof Error);
  const told = depth > 0 && causes.length > 0 ? { causes: causes.map((c) => loggedError(c, depth - 1)) } : {};
  return { type: name, message, stack, ...(code === undefined ? {} : { code }), ...told };
}
