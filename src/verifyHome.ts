import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createDiskBlobStore } from './artifacts/diskBlobStore.js';
import { type FileReport, verifyFiles } from './artifacts/verifyFiles.js';
import type { Config } from './config.js';
import type { Checkpoint } from './domain/checkpoint.js';
import { JuaraError } from './domain/errors.js';
import { parseCheckpoints } from './feed/parseCheckpoints.js';
import { type Evidence, type LogFault, type LogReport, verifyLog } from './feed/verifyLog.js';
import { checkpointPublicKey } from './home/checkpointKey.js';
import { openReads } from './storage/openReads.js';

export interface VerifyOptions {
  readonly json: boolean;
  readonly logOnly: boolean;
  /** Files that hold checkpoints. */
  readonly checkpoints: readonly string[];
  /** SPKI DER, base64; that of the home where it is left out. */
  readonly publicKey?: string;
}

/**
 * `juara verify`: every byte against its digest, every event against its hash, the log against checkpoints. Changes nothing; a server
 * may be running. 1: a fault.
 */
export async function verifyHome(config: Config, options: VerifyOptions): Promise<number> {
  const evidence = await readEvidence(config.home, options);
  const { reads, close } = await openReads(config.databaseUrl);
  try {
    const files = options.logOnly ? null : await verifyFiles(reads, createDiskBlobStore(config.home), config.home);
    const log = await verifyLog(reads, evidence);
    process.stdout.write(options.json ? `${JSON.stringify({ ...files, log }, null, 2)}\n` : describe(files, log));
    return (files?.problems.length ?? 0) + log.refused.length === 0 && log.fault === null ? 0 : 1;
  } finally {
    await close();
  }
}

async function readEvidence(home: string, { checkpoints: files, publicKey: given }: VerifyOptions): Promise<Evidence> {
  const key = given === undefined ? null : parseKey(given);
  const checkpoints: Checkpoint[] = [];
  for (const file of files) checkpoints.push(...parseCheckpoints(await readText(file), file));
  if (checkpoints.length === 0) return { checkpoints, publicKey: null };
  const publicKey = key ?? (await checkpointPublicKey(home));
  if (publicKey === null) {
    throw new JuaraError('INVALID_INPUT', `${home} has no keys/checkpoint.key to check checkpoints with: name the key with --public-key`);
  }
  return { checkpoints, publicKey };
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new JuaraError('INVALID_INPUT', `the checkpoint file cannot be read: ${error.message}`);
  });
}

/** As checkpoints write it. */
function parseKey(text: string): string {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
    if (key.asymmetricKeyType === 'ed25519') return key.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch {
    // Falls through to the one refusal below.
  }
  throw new JuaraError('INVALID_INPUT', '--public-key is no Ed25519 key (SPKI DER, base64): take it from publicKey of a checkpoint');
}

function describe(files: FileReport | null, log: LogReport): string {
  const problems = files?.problems.map((p) => `${p.kind} ${p.version ?? ''} ${p.file ?? ''}: ${p.detail}`.replaceAll(/ +/g, ' ')) ?? [];
  const refused = log.refused.map((c) => `CHECKPOINT of event ${c.seq} proves nothing: ${c.detail}`);
  const fault = log.fault === null ? [] : [faultLine(log.fault)];
  const hashed = files === null ? '' : `${files.checked} files (${files.bytes.toLocaleString('en')} bytes) and `;
  const found = problems.length + refused.length + fault.length;
  return [
    ...problems,
    ...refused,
    ...fault,
    `${hashed}${log.events} events checked, ${found} problems`,
    held(log),
    ...(files !== null && files.orphans.length > 0 ? [`${files.orphans.length} uploads belong to no version (yet)`] : []),
    '',
  ].join('\n');
}

function faultLine({ kind, seq, earliest, detail }: LogFault): string {
  const doubtful = earliest < seq ? `; no checkpoint vouches for what stands from event ${earliest} on` : '';
  return `LOG ${kind} at event ${seq}: ${detail}${doubtful}`;
}

function held({ checkpoints, refused, fault }: LogReport): string {
  if (checkpoints === 0 && refused.length === 0) return 'no checkpoint given: a log cut short or rewritten as a whole would not show';
  const agree = fault === null ? 'the log agrees with them' : 'see above';
  return `${checkpoints} of ${checkpoints + refused.length} checkpoints are signed by this registry: ${agree}`;
}
