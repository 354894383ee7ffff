import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** One JSON object a line, in the order written. */
export class JsonLog<Line extends object> {
  private readonly stream: WriteStream;

  constructor(path: string) {
    this.stream = createWriteStream(path);
  }

  write(line: Line): void {
    this.stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    this.stream.end();
    await once(this.stream, 'close');
  }
}
