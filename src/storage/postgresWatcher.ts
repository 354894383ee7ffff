import pg from 'pg';
import type { CommitSignal } from './commitSignal.js';
import { LOG_CHANNEL } from './eventWrites.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

const POLL_MS = 1_000;

/**
 * Tells listeners here of commits made by other nodes. LISTEN on a connection of its own is the quick way, and only a hint: it is lost
 * while disconnected and dies behind a transaction-mode pooler. The head of the log, read once a second, is the sure way. Both run only
 * while somebody listens, and neither keeps the process alive.
 */
export class PostgresWatcher {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private polling: Promise<void> = Promise.resolve();
  private wanted = false;

  constructor(
    private readonly url: string,
    private readonly reads: Session,
    private readonly signal: CommitSignal,
  ) {
    signal.onDemand = (wanted) => this.demand(wanted);
  }

  async close(): Promise<void> {
    this.signal.onDemand = () => undefined;
    this.demand(false);
    await this.polling;
  }

  private demand(wanted: boolean): void {
    this.wanted = wanted;
    if (wanted) this.tick();
    else this.stop();
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const client = this.client;
    this.client = null;
    client?.end().catch(() => undefined);
  }

  /** Reads the head, listens again where the connection is gone, and comes back in a second. */
  private tick(): void {
    this.timer = null;
    this.polling = this.look().finally(() => {
      if (!this.wanted || this.timer !== null) return;
      this.timer = setTimeout(() => this.tick(), POLL_MS).unref();
    });
  }

  private async look(): Promise<void> {
    try {
      if (this.client === null) await this.listen();
      const [head] = await this.reads.rows<{ seq: number }>(sql`SELECT seq FROM log_head WHERE id = 1`);
      if (head !== undefined && this.wanted) this.signal.announce({ seq: head.seq, events: [] });
    } catch {
      // The database is away: the next look, a second later, begins anew.
    }
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'juara-listen' });
    const forget = (): void => {
      if (this.client === client) this.client = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    client.on('notification', ({ payload }) => {
      const seq = Number(payload);
      if (Number.isSafeInteger(seq)) this.signal.announce({ seq, events: [] });
    });
    this.client = client;
    try {
      await client.connect();
      unref(client);
      await client.query(`LISTEN ${LOG_CHANNEL}`);
    } catch (error) {
      forget();
      client.end().catch(() => undefined);
      throw error;
    }
  }
}

/** Present in pg, and missing in its types: an idle LISTEN is no reason for the process to stay. */
function unref(client: pg.Client): void {
  (client as pg.Client & { unref?: () => void }).unref?.();
}
