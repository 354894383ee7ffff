import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { invalid, quoted } from './invalid.js';

/** One file of a zip archive: where its bytes are, and how they are packed. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  /** Offset of its packed bytes in the archive. */
  readonly start: number;
  readonly packedBytes: number;
  /** As the archive declares it; what reads it holds it to that. */
  readonly bytes: number;
  readonly crc32: number;
}

const [STORED, DEFLATED] = [0, 8];
/** Methods by the numbers of PKWARE's APPNOTE 6.3.10, 4.4.5. */
const METHODS: Readonly<Record<number, string>> = { 9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ', 98: 'PPMd' };
const MAX_ENTRIES = 1000;
const MAX_NAME_LENGTH = 300;

/** The directory of the archive at `path`, zip64 included, in its order. No entry has a path in its name, no two have the same. */
export async function zipEntries(path: string): Promise<readonly ZipEntry[]> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch(damaged);
  try {
    if (zip.entryCount > MAX_ENTRIES) throw invalid(`the archive holds ${zip.entryCount} arrays, ${MAX_ENTRIES} at most are read`);
    const found = new Map<string, ZipEntry>();
    for (const entry of await directory(zip)) {
      const name = checkName(entry);
      if (found.has(name)) throw invalid(`the archive holds ${quoted(name)} twice`);
      found.set(name, await locate(zip, entry, name));
    }
    return withoutOverlap([...found.values()]);
  } finally {
    zip.close();
  }
}

/** Entries that share bytes make a small file a large one without end: no program writes such an archive. */
function withoutOverlap(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  let end = 0;
  for (const { name, start, packedBytes } of entries.toSorted((a, b) => a.start - b.start)) {
    if (start < end) throw invalid(`${quoted(name)} in the archive shares its bytes with another entry`);
    end = start + packedBytes;
  }
  return entries;
}

async function directory(zip: ZipFile): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    damaged(error);
  }
  return entries;
}

function checkName(entry: Entry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  if (name.length > MAX_NAME_LENGTH) throw invalid(`the archive holds ${quoted(name)}, a name of more than ${MAX_NAME_LENGTH} characters`);
  if (/[/\\\p{Cc}]|^\.\.?$|^$/u.test(name)) throw invalid(`the archive holds ${quoted(name)}: an array's name is no path`);
  return name;
}

async function locate(zip: ZipFile, entry: Entry, name: string): Promise<ZipEntry> {
  if (entry.isEncrypted()) throw invalid(`${quoted(name)} in the archive is encrypted`);
  const { compressionMethod: method, compressedSize: packedBytes, uncompressedSize: bytes, crc32 } = entry;
  if (method !== STORED && method !== DEFLATED) {
    const known = METHODS[method] ?? `method ${method}`;
    throw invalid(`${quoted(name)} in the archive is packed with ${known}; stored and deflated entries can be read`);
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch(damaged);
  return { name, deflated: method === DEFLATED, start: fileDataStart, packedBytes, bytes, crc32 };
}

function damaged(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw invalid(`the file is not a zip archive, or is cut short or damaged: ${reason.slice(0, 300)}`, error);
}
