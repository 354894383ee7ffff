import type { Blame } from './fault.js';
import type { FinalLog } from './finalLog.js';
import { firstAfter } from './firstAfter.js';
import type { PageLine } from './records.js';

/** One page of a reader that goes on from endCursor: it holds every match up to there, and endCursor moves on though nothing matched. */
export function checkPage(page: PageLine, bookmark: string | null, log: FinalLog, blame: Blame): void {
  const from = log.position(page.after, blame);
  const to = log.position(page.endCursor, blame);
  if (from === null || to === null) return;
  if (bookmark !== null && bookmark !== page.after)
    blame('resume', `the page begins at event ${from}, which is not where the last one ended`);
  if (to < from) blame('bookmark', `endCursor went back from event ${from} to ${to}`);
  if (!page.hasNextPage && to < page.known)
    blame('bookmark', `endCursor stayed at event ${to}, though the log had ${page.known} events and nothing more matched`);
  checkContent(page, to, matchesBetween(log, page, from, to), log, blame);
}

function matchesBetween(log: FinalLog, { filter }: PageLine, from: number, to: number): readonly number[] {
  const seqs = log.seqsMatching(filter);
  return seqs.slice(firstAfter(seqs, from), firstAfter(seqs, to));
}

function checkContent({ events }: PageLine, to: number, wanted: readonly number[], log: FinalLog, blame: Blame): void {
  const came = new Set<number>();
  let last = 0;
  for (const { seq, hash } of events) {
    if (log.hashAt(seq) !== hash) blame('torn', `event ${seq} with hash ${hash.slice(0, 8)} was seen, but the log does not hold it`);
    if (came.has(seq)) blame('duplicated', `event ${seq} came twice in one page`);
    else if (seq < last) blame('reordered', `event ${seq} came after event ${last} in one page`);
    came.add(seq);
    last = Math.max(last, seq);
  }
  for (const seq of wanted)
    if (!came.delete(seq)) blame('bookmark', `endCursor moved on to event ${to} and skipped event ${seq}, which matches`);
  for (const seq of came) blame('torn', `event ${seq} is in the page, though the filter or the cursors leave it out`);
}
