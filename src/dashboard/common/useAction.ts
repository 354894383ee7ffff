import { useCallback, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useMutation } from 'urql';
import { type Problem, problemOf } from '../api/problem';

export interface Action<Data, Variables> {
  /** What came of it; null where it failed, and `problem` says why. */
  readonly run: (variables: Variables) => Promise<Data | null>;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly clear: () => void;
}

/** A mutation whose failure stays on the page until it is tried again or cleared. */
export function useAction<Data, Variables extends AnyVariables>(mutation: TypedDocumentNode<Data, Variables>): Action<Data, Variables> {
  const [{ fetching }, execute] = useMutation<Data, Variables>(mutation);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(
    async (variables: Variables) => {
      setProblem(null);
      const { data, error } = await execute(variables);
      if (error !== undefined) setProblem(problemOf(error));
      return data ?? null;
    },
    [execute],
  );
  return { run, busy: fetching, problem, clear: useCallback(() => setProblem(null), []) };
}
