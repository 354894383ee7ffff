import { type FileHandle, open } from 'node:fs/promises';

/** What has come meanwhile is written together: a write for each line would take the processor that the server needs. */
const EVERY_MS = 50;

/** One JSON object a line, in the order written. */
export class JsonLog<Line extends object> {
  private readonly file: Promise<FileHandle>;
  private lines: string[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;

  constructor(path: string) {
    this.file = open(path, 'w');
  }

  write(line: Line): void {
    this.lines.push(`${JSON.stringify(line)}\n`);
    this.timer ??= setTimeout(() => this.flush(), EVERY_MS);
  }

  async close(): Promise<void> {
    this.flush();
    await this.last;
    await (await this.file).close();
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const text = this.lines.join('');
    this.lines = [];
    // A disk that takes no more must end the run, not lose its evidence: close() rejects.
    this.last = this.last.then(async () => (await this.file).write(text));
  }
}
