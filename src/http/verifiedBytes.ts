import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { JuaraError } from '../domain/errors.js';

/**
 * The blob's bytes, hashed on their way. The last chunk is held back until the digest is known to be right: a reader of damaged bytes
 * sees the connection break off short of Content-Length, never a complete download.
 */
export function verifiedBytes(sha256: string, source: Readable): Readable {
  const hash = createHash('sha256');
  let last: Buffer | null = null;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const ready = last;
      last = chunk;
      done(null, ready);
    },
    flush(done) {
      const actual = hash.digest('hex');
      if (actual === sha256) done(null, last);
      else done(new JuaraError('ARTIFACT_DAMAGED', `artifact ${sha256} has SHA-256 ${actual} by now: restore it from a backup`));
    },
  });
  source.on('error', (error) => check.destroy(error));
  check.on('close', () => source.destroy());
  return source.pipe(check);
}
