import type { Blame } from './fault.js';
import type { FinalLog } from './finalLog.js';
import { firstAfter } from './firstAfter.js';
import { checkPage } from './pageCheck.js';
import type { EventLine, LineFilter, OpenLine, ReaderLine } from './records.js';

/** One lineage on its way: what matches, and how far along it the reader is. */
interface Lineage {
  readonly id: number;
  readonly filter: LineFilter;
  readonly expected: readonly number[];
  /** Index into `expected` of the next event; null: the reader wants what comes from now on, and nothing has come. */
  next: number | null;
  /** Passed over so far: lost, unless they come late. */
  readonly missing: Set<number>;
  /** Set by a (re)subscription until its first event. */
  resumedAt: number | null;
}

/** Holds the lines of one reader against the final log, as they are read. */
export class ReaderCheck {
  private lineage: Lineage | null = null;
  private bookmark: string | null = null;
  delivered = 0;
  connections = 0;

  constructor(
    private readonly log: FinalLog,
    private readonly blame: Blame,
  ) {}

  take(line: ReaderLine): void {
    if (line.k === 'open') this.open(line);
    else if (line.k === 'event') this.event(line);
    else if (line.k === 'refused') this.blame('resume', `the server refused a cursor of its own with ${line.code}`);
    else if (line.k === 'end') this.end();
    else {
      checkPage(line, this.bookmark, this.log, this.blame);
      this.bookmark = line.endCursor;
      this.delivered += line.events.length;
    }
  }

  /** The file is over: what a lineage passed over is lost. */
  close(): void {
    if (this.lineage === null) return;
    for (const seq of this.lineage.missing) this.blame('lost', `event ${seq} never came, though later ones did`);
    this.lineage = null;
  }

  private open({ lineage, after, filter }: OpenLine): void {
    this.connections += 1;
    const position = after === null ? null : this.log.position(after, this.blame);
    if (this.lineage?.id !== lineage) {
      this.close();
      const expected = this.log.seqsMatching(filter);
      const next = position === null ? null : firstAfter(expected, position);
      this.lineage = { id: lineage, filter, expected, next, missing: new Set(), resumedAt: position };
      return;
    }
    const { next, expected } = this.lineage;
    this.lineage.resumedAt = position;
    if (position === null || next === null) return;
    if (firstAfter(expected, position) !== next)
      this.blame(
        'resume',
        `the reader stood before event ${expected[next] ?? 'to come'}, but subscribed again from the cursor of event ${position}`,
      );
  }

  private event(line: EventLine): void {
    const { lineage } = this;
    this.delivered += 1;
    const alien = this.alien(line);
    if (alien !== null) this.blame('torn', alien);
    else if (lineage !== null) {
      this.place(lineage, line.seq);
      lineage.resumedAt = null;
    }
  }

  /** Why the event has no place in this stream at all. */
  private alien({ seq, hash, cursor }: EventLine): string | null {
    const { lineage, log } = this;
    if (log.hashAt(seq) !== hash || seq === 0) return `event ${seq} with hash ${hash.slice(0, 8)} was seen, but the log does not hold it`;
    if (log.position(cursor, this.blame) !== seq) return `event ${seq} came with the cursor of another event`;
    if (lineage !== null && !log.matches(lineage.filter, seq)) return `event ${seq} came, though the filter leaves it out`;
    return null;
  }

  private place(lineage: Lineage, seq: number): void {
    const { expected, missing, resumedAt } = lineage;
    lineage.next ??= firstAfter(expected, seq - 1);
    const wanted = expected[lineage.next] ?? Number.POSITIVE_INFINITY;
    if (seq !== wanted && resumedAt !== null)
      this.blame('resume', `after the cursor of event ${resumedAt} the stream went on with event ${seq} instead of ${wanted}`);
    if (seq < wanted) {
      if (missing.delete(seq)) this.blame('reordered', `event ${seq} came after event ${expected[lineage.next - 1]}`);
      else this.blame('duplicated', `event ${seq} came again`);
      return;
    }
    for (let passed = lineage.next; (expected[passed] as number) < seq; passed++) missing.add(expected[passed] as number);
    lineage.next = firstAfter(expected, seq);
  }

  private end(): void {
    const { lineage } = this;
    if (lineage?.next == null) return;
    for (const seq of lineage.expected.slice(lineage.next))
      this.blame('lost', `event ${seq} never came, though the reader waited at the end of the log`);
    lineage.next = lineage.expected.length;
  }
}
