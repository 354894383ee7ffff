import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type PastVersionFragment, PastVersionsDocument, type PastVersionsQueryVariables } from '../../api/generated/operations';
import { type Problem, problemOf } from '../../api/problem';
import type { LiveEvent } from '../../live/eventFeed';
import { useOnEvent } from '../../live/FeedContext';

/** Rows of a page; and the most that is read again by itself after a change (the API's limit of a page). */
const PAGE = 100;
const LARGEST = 1_000;

export type PastVersionsWanted = Omit<PastVersionsQueryVariables, 'first' | 'after'>;

interface Loaded {
  readonly rows: readonly PastVersionFragment[];
  readonly total: number | null;
  /** Null: the list is complete. */
  readonly next: string | null;
}

const NOTHING: Loaded = { rows: [], total: null, next: null };

export interface PastVersions extends Loaded {
  readonly loading: boolean;
  readonly problem: Problem | null;
  /** Something has changed since a list that is too long to be read again unasked was loaded. */
  readonly outdated: boolean;
  readonly more: () => void;
  readonly reload: () => void;
}

/** The versions page by page as the reader gets there, sorted and filtered by the server; `wanted` must be the same object while nothing changes. */
export function usePastVersions(wanted: PastVersionsWanted): PastVersions {
  const client = useClient();
  const [loaded, setLoaded] = useState(NOTHING);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [outdated, setOutdated] = useState(false);
  const asked = useRef(0);
  const read = useCallback(
    async (before: readonly PastVersionFragment[], first: number, after: string | null) => {
      asked.current += 1;
      const mine = asked.current;
      setLoading(true);
      const { data, error } = await client
        .query(PastVersionsDocument, { ...wanted, first, after }, { requestPolicy: 'network-only' })
        .toPromise();
      // Another question has been asked meanwhile: this answer would stand below the wrong headings.
      if (mine !== asked.current) return;
      setLoading(false);
      setProblem(error === undefined ? null : problemOf(error));
      if (data === undefined) return;
      const { nodes, totalCount, pageInfo } = data.versions;
      setLoaded({ rows: [...before, ...nodes], total: totalCount, next: pageInfo.hasNextPage ? pageInfo.endCursor : null });
    },
    [client, wanted],
  );
  const reload = useCallback(() => {
    setOutdated(false);
    void read([], PAGE, null);
  }, [read]);
  useEffect(() => reload(), [reload]);
  useOnEvent(
    useCallback(
      (event: LiveEvent) => {
        if (event.model !== wanted.model && event.model !== null) return;
        if (loaded.rows.length > LARGEST) setOutdated(true);
        else void read([], Math.max(PAGE, loaded.rows.length), null);
      },
      [loaded.rows.length, read, wanted.model],
    ),
  );
  const more = useCallback(() => {
    if (!loading && problem === null && loaded.next !== null) void read(loaded.rows, PAGE, loaded.next);
  }, [loaded, loading, problem, read]);
  return { ...loaded, loading, problem, outdated, more, reload };
}
