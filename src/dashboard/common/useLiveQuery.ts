import { useCallback, useEffect, useRef } from 'react';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { type Problem, problemOf } from '../api/problem';
import type { LiveEvent } from '../live/eventFeed';
import { useOnEvent } from '../live/FeedContext';

export interface LiveResult<Data> {
  /** Undefined until it has come for the first time. */
  readonly data: Data | undefined;
  readonly fetching: boolean;
  readonly problem: Problem | null;
  readonly refresh: () => void;
}

interface LiveQuery<Data, Variables extends AnyVariables> {
  readonly query: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  /** Only events of this model make it ask again; left out: every event. */
  readonly model?: string;
  readonly pause?: boolean;
}

/** A query that is asked again whenever something has happened: at once, and once more where something happens while it is under way. */
export function useLiveQuery<Data, Variables extends AnyVariables>(asked: LiveQuery<Data, Variables>): LiveResult<Data> {
  const { query, variables, model, pause = false } = asked;
  const [{ data, fetching, error }, execute] = useQuery<Data, Variables>({
    query,
    variables,
    pause,
    requestPolicy: 'cache-and-network',
  } as Parameters<typeof useQuery<Data, Variables>>[0]);
  const underWay = useRef(false);
  const again = useRef(false);
  const refresh = useCallback(() => {
    if (underWay.current) again.current = true;
    else execute({ requestPolicy: 'network-only' });
  }, [execute]);
  useEffect(() => {
    underWay.current = fetching;
    if (fetching || !again.current) return;
    again.current = false;
    execute({ requestPolicy: 'network-only' });
  }, [fetching, execute]);
  useOnEvent(
    useCallback(
      (event: LiveEvent) => {
        if (!pause && (model === undefined || event.model === null || event.model === model)) refresh();
      },
      [model, pause, refresh],
    ),
  );
  return { data, fetching, problem: error === undefined ? null : problemOf(error), refresh };
}
