import { JuaraError } from '../domain/errors.js';

/** The <sha256> of an artifact's address. */
export function checkDigest(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new JuaraError('INVALID_INPUT', 'the address of an artifact is /artifacts/<sha256>: 64 lower-case hexadecimal digits');
}
