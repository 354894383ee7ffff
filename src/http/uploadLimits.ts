import type { Config } from '../config.js';
import { addressGroup } from './addressGroup.js';
import { MinuteCounts } from './minuteCounts.js';
import { tooMuch } from './tooMuch.js';

/** When to come again while others are under way: nobody can know, so soon. */
const SOON_MS = 5_000;

/** How much one address may upload: at once, and in a minute. Both are looked at before a body is read; one that is under way goes on. */
export class UploadLimits {
  private readonly underWay = new Map<string, number>();
  private readonly bytes = new MinuteCounts();

  constructor(private readonly limits: Pick<Config, 'maxUploadsPerAddress' | 'maxUploadBytesPerMinute'>) {}

  /** RATE_LIMITED, or an upload has begun: call what is returned when it has ended, however it has. */
  begin(address: string): () => void {
    const { maxUploadsPerAddress, maxUploadBytesPerMinute } = this.limits;
    const { sum, endsIn } = this.bytes.of(address);
    if (sum >= maxUploadBytesPerMinute) {
      throw tooMuch(`this address has uploaded ${maxUploadBytesPerMinute} bytes in a minute (JUARA_MAX_UPLOAD_BYTES_PER_MINUTE)`, endsIn);
    }
    const group = addressGroup(address);
    const held = this.underWay.get(group) ?? 0;
    if (held >= maxUploadsPerAddress) {
      throw tooMuch(`this address has ${held} uploads under way (JUARA_MAX_UPLOADS_PER_ADDRESS)`, SOON_MS);
    }
    this.underWay.set(group, held + 1);
    return () => this.end(group);
  }

  received(address: string, bytes: number): void {
    this.bytes.add(address, bytes);
  }

  private end(group: string): void {
    const left = (this.underWay.get(group) ?? 1) - 1;
    if (left > 0) this.underWay.set(group, left);
    else this.underWay.delete(group);
  }
}
