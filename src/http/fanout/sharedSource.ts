import type { StoredEvent } from '../../domain/event.js';
import { ChampionStream, championOf } from '../../graphql/championStream.js';
import type { Follower } from '../../ports.js';

/** A subscription's source taken apart: what it shows first, the place in the log it goes on from, and what an event becomes. */
export interface SharedSource {
  readonly follower: Follower;
  readonly initial: readonly unknown[];
  readonly rootOf: (event: StoredEvent) => unknown;
}

/** Null where the source does not follow the log, so that each subscriber needs its own. */
export function sharedSource(stream: AsyncIterable<unknown>): SharedSource | null {
  if (stream instanceof ChampionStream) return { follower: stream.changes, initial: [stream.now], rootOf: championOf };
  if ('filter' in stream && 'position' in stream) return { follower: stream as Follower, initial: [], rootOf: (event) => event };
  return null;
}
