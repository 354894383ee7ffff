import { Readable } from 'node:stream';
import { JuaraError } from '../domain/errors.js';
import { TransportError } from './transportError.js';

export function tooLarge(maxBytes: number): JuaraError {
  return new JuaraError('PAYLOAD_TOO_LARGE', `the artifact is larger than ${maxBytes} bytes (JUARA_MAX_UPLOAD_BYTES)`);
}

/** A client that hangs up is no fault of ours: it must not reach the log as one. */
async function* received(source: Readable): AsyncGenerator<Buffer> {
  try {
    // Destroying the request would take the answer along with it.
    yield* source.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw new TransportError('BAD_REQUEST', `the upload broke off: ${error instanceof Error ? error.message : error}`);
  }
}

async function* counted(source: Readable, maxBytes: number, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of received(source)) {
    bytes += chunk.length;
    onBytes(chunk.length);
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** The bytes of a request, which fails with PAYLOAD_TOO_LARGE once there are more than `maxBytes`. Pulls only as fast as it is read. */
export function limitedBody(source: Readable, maxBytes: number, onBytes: (bytes: number) => void): Readable {
  return Readable.from(counted(source, maxBytes, onBytes), { objectMode: false });
}
