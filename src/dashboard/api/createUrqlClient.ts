import { Client, cacheExchange, fetchExchange } from 'urql';
import { authorization } from './session';

/** Queries and mutations go by HTTP; what is live comes from the one socket of the feed (live/eventFeed.ts). */
export function createUrqlClient(): Client {
  return new Client({
    url: '/graphql',
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: () => ({ headers: authorization() }),
    preferGetMethod: false,
  });
}
