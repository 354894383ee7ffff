import { connect } from 'node:net';

export interface RawAnswer {
  /** Status of each response, in order. */
  readonly statuses: readonly number[];
  /** All that came, as latin1. */
  readonly text: string;
}

/**
 * Writes the parts on a socket of its own, one after the other, and reads until the server closes it, or until `enough` says so. Bytes
 * go as they are: what no HTTP client would send.
 */
export function rawHttp(
  url: string,
  parts: readonly (string | Buffer)[],
  enough: (text: string) => boolean = () => false,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    const done = (): void => {
      socket.destroy();
      const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((match) => Number(match[1]));
      resolve({ statuses, text });
    };
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      if (enough(text)) done();
    });
    socket.on('error', () => undefined);
    socket.on('close', done);
    socket.on('connect', () => {
      for (const part of parts) socket.write(part);
    });
  });
}
