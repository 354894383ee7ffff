import type { Checkpoint } from '../../src/domain/checkpoint.js';
import { parseCursor } from '../../src/domain/cursor.js';
import { eventHash, genesisHash, isPromotion, type StoredEvent } from '../../src/domain/event.js';
import type { Blame } from './fault.js';
import { type LineFilter, type ModelLine, marksOf, type TruthLine } from './records.js';

type Kept = Pick<StoredEvent, 'seq' | 'type' | 'model' | 'hash'>;

interface ModelState {
  champion: string | null;
  revision: number;
  versions: number;
  policyRevision: number;
}

/** The truth that all else is held against: the server's own log as it stood at the end, itself checked while it is taken in. */
export class FinalLog {
  private readonly events: Kept[] = [];
  private readonly seqsOf = new Map<string, number[]>();
  private readonly states = new Map<string, ModelState>();
  private readonly matching = new Map<string, readonly number[]>();
  private previous = '';
  private registryId = '';
  publicKey = '';

  constructor(private readonly blame: Blame) {}

  get length(): number {
    return this.events.length;
  }

  hashAt(seq: number): string | undefined {
    return seq === 0 ? genesisHash(this.registryId) : this.events[seq - 1]?.hash;
  }

  /** Seqs of the events that carry the mark. */
  marked(mark: string): readonly number[] {
    return this.seqsOf.get(mark) ?? [];
  }

  matches(filter: LineFilter, seq: number): boolean {
    const event = this.events[seq - 1];
    return event !== undefined && matches(filter, event);
  }

  /** Seqs of everything that the filter lets through, ascending. */
  seqsMatching(filter: LineFilter): readonly number[] {
    const key = JSON.stringify([filter.model, filter.types]);
    const known = this.matching.get(key);
    if (known !== undefined) return known;
    const seqs = this.events.filter((event) => matches(filter, event)).map((event) => event.seq);
    this.matching.set(key, seqs);
    return seqs;
  }

  /** The seq that a cursor stands at; null, and a fault, where it is none of this log. */
  position(cursor: string, blame: Blame): number | null {
    if (cursor === '') return 0;
    const { registry, seq, mark } = parseCursor(cursor);
    if (registry === this.registryId && this.hashAt(seq)?.startsWith(mark)) return seq;
    blame('torn', `the cursor of event ${seq} was handed out, but the log holds another event there, or none`);
    return null;
  }

  take(line: TruthLine): void {
    if (line.k === 'head') {
      this.registryId = line.registryId;
      this.publicKey = line.checkpoint.publicKey;
      this.previous = genesisHash(line.registryId);
    } else if (line.k === 'model') this.compare(line);
    else this.append(line);
  }

  /** The head that the server stated when all was over. */
  holds({ seq, hash }: Checkpoint): void {
    if (seq !== this.length || hash !== this.previous)
      this.blame('chain', `the log ends at event ${this.length}, its head says ${seq}, or names another hash`);
  }

  private append(line: Extract<TruthLine, { k: 'truth' }>): void {
    const { k: _k, hash, ...event } = line;
    const { seq, type, model } = event;
    if (seq !== this.length + 1) this.blame('chain', `event ${this.length + 1} is missing from the log: ${seq} follows ${this.length}`);
    if (eventHash(this.previous, event) !== hash)
      this.blame('chain', `the hash of event ${seq} does not follow from the event and the one before it`);
    const before = this.events.at(-1);
    // The two are written by one transaction, and a transaction's events stand side by side.
    if (type === 'TRAINING_READY' && (before?.type !== 'TRAINING_EVENTS_VALIDATED' || before.model !== model))
      this.blame('torn', `event ${seq}, TRAINING_READY of ${model}, does not follow the validation that it belongs to`);
    this.events.push({ seq, type, model, hash });
    this.previous = hash;
    for (const mark of marksOf(event)) this.seqsOf.set(mark, [...this.marked(mark), seq]);
    this.replay(event);
  }

  /** What the state must be if it holds all that the log says, and nothing else. */
  private replay({ seq, type, model, data }: Omit<StoredEvent, 'hash'>): void {
    if (model === null) return;
    const state = this.states.get(model) ?? { champion: null, revision: 0, versions: 0, policyRevision: 1 };
    this.states.set(model, state);
    if (type === 'VERSION_REGISTERED') state.versions += 1;
    if (type === 'POLICY_CHANGED') state.policyRevision = Number(data.revision);
    if (!isPromotion({ type }) && type !== 'VERSION_NOMINATED' && type !== 'VERSION_REJECTED') return;
    state.revision += 1;
    if (Number(data.revision) !== state.revision)
      this.blame(
        'torn',
        `event ${seq} says revision ${data.revision} of ${model}, the log makes it ${state.revision}: a change without its event, or an event without its change`,
      );
    if (isPromotion({ type })) {
      if (data.from !== state.champion)
        this.blame('torn', `event ${seq} replaces ${data.from}, but ${state.champion} was champion of ${model}`);
      state.champion = String(data.to);
    }
  }

  private compare({ name, ...stated }: ModelLine): void {
    const replayed = this.states.get(name);
    for (const key of ['champion', 'revision', 'versions', 'policyRevision'] as const) {
      if (replayed?.[key] !== stated[key])
        this.blame('torn', `${name}: the state says ${key} ${stated[key]}, the log makes it ${replayed?.[key]}`);
    }
  }
}

function matches({ model, types }: LineFilter, event: Pick<Kept, 'model' | 'type'>): boolean {
  return (model === undefined || event.model === model) && (types === undefined || types.includes(event.type));
}
