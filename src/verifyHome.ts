import { createDiskBlobStore } from './artifacts/diskBlobStore.js';
import { type FileReport, verifyFiles } from './artifacts/verifyFiles.js';
import type { Config } from './config.js';
import { type LogReport, verifyLog } from './feed/verifyLog.js';
import { openReads } from './storage/openReads.js';

export interface VerifyOptions {
  readonly json: boolean;
}

/** `juara verify`: every byte against its digest and every event against its hash. Changes nothing; a server may be running. 1: a fault. */
export async function verifyHome(config: Config, { json }: VerifyOptions): Promise<number> {
  const { reads, close } = await openReads(config.databaseUrl);
  try {
    const files = await verifyFiles(reads, createDiskBlobStore(config.home), config.home);
    const log = await verifyLog(reads);
    process.stdout.write(json ? `${JSON.stringify({ ...files, log }, null, 2)}\n` : describe(files, log));
    return files.problems.length === 0 && log.fault === null ? 0 : 1;
  } finally {
    await close();
  }
}

function describe(files: FileReport, log: LogReport): string {
  const problems = files.problems.map((p) => `${p.kind} ${p.version ?? ''} ${p.file ?? ''}: ${p.detail}`.replaceAll(/ +/g, ' '));
  const fault = log.fault === null ? [] : [`LOG event ${log.fault.seq}: ${log.fault.detail}`];
  const bytes = files.bytes.toLocaleString('en');
  return [
    ...problems,
    ...fault,
    `${files.checked} files (${bytes} bytes) and ${log.events} events checked, ${problems.length + fault.length} problems`,
    ...(files.orphans.length > 0 ? [`${files.orphans.length} uploads belong to no version (yet)`] : []),
    '',
  ].join('\n');
}
