import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive; what is given beyond name and bytes may lie. */
export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  /** Sizes and offset in the zip64 extra fields, as numpy writes them for large arrays. */
  readonly zip64?: boolean;
  readonly method?: number;
  readonly flags?: number;
  /** The uncompressed size that the archive declares. */
  readonly declaredBytes?: number;
  readonly crc?: number;
  /** What is stored instead of the packed bytes. */
  readonly packed?: Uint8Array;
}

const FULL = 0xffffffff;

/** A zip archive, byte by byte (PKWARE APPNOTE 6.3.10), so that a test can write wrong ones too. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { header, record, packed } = encode(part, offset);
    local.push(header, packed);
    central.push(record);
    offset += header.length + packed.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...local, directory, ending(parts, directory.length, offset)]);
}

function encode(part: ZipPart, offset: number): { header: Buffer; record: Buffer; packed: Buffer } {
  const { deflate = false, zip64 = false, flags = 0, crc = crc32(part.bytes) } = part;
  const packed = Buffer.from(part.packed ?? (deflate ? deflateRawSync(part.bytes) : part.bytes));
  const size = part.declaredBytes ?? part.bytes.length;
  const name = Buffer.from(part.name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(zip64 ? 45 : 20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(part.method ?? (deflate ? 8 : 0), 4);
  common.writeUInt16LE(0x0021, 8);
  common.writeUInt32LE(crc, 10);
  common.writeUInt32LE(zip64 ? FULL : packed.length, 14);
  common.writeUInt32LE(zip64 ? FULL : size, 18);
  common.writeUInt16LE(name.length, 22);
  const sizes = zip64 ? zip64Extra([size, packed.length]) : Buffer.alloc(0);
  const all = zip64 ? zip64Extra([size, packed.length, offset]) : Buffer.alloc(0);
  const extraLength = (extra: Buffer): Buffer => Buffer.from(new Uint16Array([extra.length]).buffer);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(zip64 ? FULL : offset, 10);
  const signed = (signature: string, ...pieces: Buffer[]): Buffer => Buffer.concat([Buffer.from(signature, 'latin1'), ...pieces]);
  return {
    header: signed('PK\x03\x04', common.subarray(0, 24), extraLength(sizes), name, sizes),
    record: signed('PK\x01\x02\x2d\x00', common.subarray(0, 24), extraLength(all), tail, name, all),
    packed,
  };
}

function zip64Extra(numbers: readonly number[]): Buffer {
  const head = Buffer.from(new Uint16Array([1, numbers.length * 8]).buffer);
  return Buffer.concat([head, Buffer.from(new BigUint64Array(numbers.map(BigInt)).buffer)]);
}

function ending(parts: readonly ZipPart[], directoryBytes: number, offset: number): Buffer {
  const zip64 = parts.some((part) => part.zip64 === true);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(zip64 ? FULL : directoryBytes, 12);
  end.writeUInt32LE(zip64 ? FULL : offset, 16);
  if (!zip64) return end;
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(parts.length), 24);
  record.writeBigUInt64LE(BigInt(parts.length), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}
