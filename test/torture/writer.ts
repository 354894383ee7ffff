import { ask } from './ask.js';
import type { JsonLog } from './jsonLog.js';
import type { WriterLine } from './records.js';
import { pause, type Seeded } from './seeded.js';
import type { Shared } from './shared.js';
import { correct, type ModelGuess } from './world.js';
import { type Answers, nextWrite, type Write } from './writes.js';

export interface WriterParts {
  readonly number: number;
  readonly log: JsonLog<WriterLine>;
  readonly shared: Shared;
  readonly models: readonly ModelGuess[];
  readonly random: Seeded;
  /** Digest of the file that every version has. */
  readonly file: string;
}

/** Other writers were there first. Any other refusal would be the server's mistake, or ours, and ends the run. */
const EXPECTED = ['CONFLICT', 'INVALID_TRANSITION', 'ALREADY_CHAMPION', 'NEVER_CHAMPION'];

/** Changes things, one after the other, and writes down what it asked for and what it was answered. */
export class Writer {
  /** Refused writes. */
  refused = 0;
  private stopped = false;
  private count = 0;

  constructor(private readonly parts: WriterParts) {}

  async run(): Promise<void> {
    const { number, models, random, file, log } = this.parts;
    while (!this.stopped) {
      this.count += 1;
      const guess = models[random.below(models.length)] as ModelGuess;
      const write = nextWrite({ guess, random, mark: `w${number}-${this.count}`, file });
      if (write.mark !== null) log.write({ k: 'try', mark: write.mark, once: write.once });
      await this.send(write, guess);
    }
    await log.close();
  }

  /** Ends after the write that is under way. */
  stop(): void {
    this.stopped = true;
  }

  /** An unanswered write may have happened: it is sent again where that can do no harm, until there is an answer. */
  private async send(write: Write, guess: ModelGuess): Promise<void> {
    const { url, token } = this.parts.shared;
    for (let unanswered = false; ; unanswered = true) {
      const asked = await ask<Answers>(url, token, write.query, write.variables);
      if (asked.kind === 'data') return this.acknowledge(write, asked.data);
      if (asked.kind === 'refused') return this.refuse(write, guess, asked, unanswered);
      await pause(this.parts.random.real(10, 80));
      if (!write.once || this.stopped) return;
    }
  }

  private acknowledge(write: Write, answers: Answers): void {
    const acknowledged = write.acknowledged(answers);
    if (acknowledged === null) return;
    this.parts.log.write({ k: 'ack', ...acknowledged });
    if (acknowledged.seq !== undefined) this.parts.shared.saw(acknowledged.seq);
  }

  private async refuse(write: Write, guess: ModelGuess, { code, message }: { code: string; message: string }, unanswered: boolean) {
    if (!EXPECTED.includes(code))
      throw new Error(`the server refused ${write.query} ${JSON.stringify(write.variables)}: ${code} ${message}`);
    this.refused += 1;
    if (write.mark !== null && !unanswered) this.parts.log.write({ k: 'denied', mark: write.mark, code });
    await correct(guess, write.version, this.parts.shared);
  }
}
