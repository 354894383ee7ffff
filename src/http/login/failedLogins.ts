import type { FastifyBaseLogger } from 'fastify';
import { JuaraError } from '../../domain/errors.js';
import { MinuteCounts } from '../minuteCounts.js';
import { tooMuch } from '../tooMuch.js';

/**
 * Counts and logs failed logins by address. Only failures are ever limited: a secret of 256 bits is not found by trying, so that the
 * limit is there to keep the log and the work small, and must not become a way to lock out those who share an address (a proxy, an
 * office) with whoever fails. So a valid token always passes. An address that is over its limit is told so instead of UNAUTHENTICATED,
 * and fills the log no further in that minute.
 */
export class FailedLogins {
  private readonly counts = new MinuteCounts();

  constructor(
    /** In a minute, by address; 0: no limit. */
    private readonly most: number,
    private readonly log: Pick<FastifyBaseLogger, 'warn'>,
  ) {}

  /** What to tell the address of this failure. What is no fault of the client's passes through, uncounted. */
  refusal(address: string, error: unknown): unknown {
    if (!(error instanceof JuaraError)) return error;
    const { sum, endsIn } = this.counts.add(address, 1);
    const over = this.most > 0 && sum > this.most;
    if (!over) this.log.warn({ address, code: error.code, reason: error.message }, 'a login failed');
    if (!over) return error;
    if (sum === this.most + 1) this.log.warn({ address }, 'too many failed logins: those that follow in this minute are not logged');
    const limit = `more than ${this.most} failed logins from this address in a minute (JUARA_MAX_FAILED_LOGINS)`;
    return tooMuch(`${error.message}; and ${limit}`, endsIn);
  }
}
