import type { CombinedError } from 'urql';

/** What went wrong, with the server's code where it has one (docs/errors.md), NETWORK where it does not answer. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (first === undefined) return { code: 'NETWORK', message: error.networkError?.message ?? error.message };
  const { code } = first.extensions;
  return { code: typeof code === 'string' ? code : 'UNKNOWN', message: first.message };
}
