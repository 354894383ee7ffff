import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { RecentEventsDocument } from '../api/generated/operations';
import { EventFeed, type FeedSnapshot, type LiveEvent } from './eventFeed';

const Feed = createContext<EventFeed | null>(null);

/** Enough for a first look; the audit page has all of them. */
const FIRST = 30;

/** Starts the feed with the last events of the log, and hands it to the page. */
export function FeedProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const [feed] = useState(() => new EventFeed(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`));
  useEffect(() => {
    void start();
    async function start(): Promise<void> {
      const { data } = await client.query(RecentEventsDocument, { first: FIRST }).toPromise();
      if (data !== undefined) void feed.run(data.eventHistory.nodes, data.eventHistory.head);
      else setTimeout(() => void start(), 2_000);
    }
  }, [client, feed]);
  return <Feed value={feed}>{children}</Feed>;
}

function useFeed(): EventFeed {
  const feed = useContext(Feed);
  if (feed === null) throw new Error('there is no FeedProvider around');
  return feed;
}

export function useFeedSnapshot(): FeedSnapshot {
  const feed = useFeed();
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}

/** Calls back with each event that arrives while the component is there. */
export function useOnEvent(listener: (event: LiveEvent) => void): void {
  const feed = useFeed();
  useEffect(() => feed.onEvent(listener), [feed, listener]);
}
