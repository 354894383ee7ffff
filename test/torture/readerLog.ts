import { parseCursor } from '../../src/domain/cursor.js';
import type { JsonLog } from './jsonLog.js';
import type { LineFilter, PageLine, ReaderLine } from './records.js';
import type { Shared } from './shared.js';

/** One stream of events over all its connections, written down as it comes. */
export class ReaderLog {
  filter: LineFilter = {};
  /** Cursor of the last event written down, or where the stream began; null: from now on, and nothing has come. */
  after: string | null = '';
  private lineage = 0;

  constructor(
    private readonly log: JsonLog<ReaderLine>,
    private readonly shared: Shared,
  ) {}

  begin(filter: LineFilter, after: string | null): void {
    this.lineage += 1;
    this.filter = filter;
    this.after = after;
  }

  /** Right before each subscription. */
  open(): void {
    const { lineage, after, filter } = this;
    this.log.write({ k: 'open', lineage, after, filter });
  }

  event({ seq, hash, cursor }: { readonly seq: number; readonly hash: string; readonly cursor: string }): void {
    this.log.write({ k: 'event', seq, hash, cursor });
    this.after = cursor;
    this.shared.saw(seq, cursor);
  }

  page(page: Omit<PageLine, 'k' | 'filter' | 'after'>): void {
    const { after, filter } = this;
    this.log.write({ k: 'page', after: after ?? '', filter, ...page });
    this.after = page.endCursor;
  }

  refused(code: string): void {
    this.log.write({ k: 'refused', code });
  }

  /** The stream has come at least as far as `seq`, or wants only what comes from now on. */
  reached(seq: number): boolean {
    return this.after === null || seq === 0 || (this.after !== '' && parseCursor(this.after).seq >= seq);
  }

  async end(): Promise<void> {
    this.log.write({ k: 'end' });
    await this.log.close();
  }
}
