import type { FastifyBaseLogger } from 'fastify';
import type { Feed } from '../ports.js';

/**
 * Has the tokens of open sockets looked at again as soon as the log says that one was revoked. What only time takes away (expiry) is
 * noticed by the sockets' own rhythm.
 */
export async function endRevoked(feed: Feed, recheck: () => Promise<void>, log: FastifyBaseLogger): Promise<{ end(): Promise<void> }> {
  const revocations = await feed.follow({ types: ['TOKEN_REVOKED'] }, null);
  const watching = (async () => {
    for await (const _ of revocations) await recheck();
  })().catch((error: unknown) => log.error({ err: error }, 'revoked tokens are noticed late: the log could not be followed'));
  return {
    async end() {
      await revocations.return?.();
      await watching;
    },
  };
}
