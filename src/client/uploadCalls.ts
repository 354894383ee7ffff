import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { Connection } from './connection.js';
import { type FileContent, type FileSource, fileSource, sha256Of, unreadable } from './fileSource.js';
import { httpError, unreachable } from './responseError.js';

/** PRESENT: the server had the bytes already, and nothing was sent. Bytes are those of this file. */
export interface UploadProgress {
  readonly name: string;
  readonly phase: 'HASHING' | 'SENDING' | 'SENT' | 'PRESENT';
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: UploadProgress) => void;

export interface UploadedFile {
  readonly sha256: string;
  readonly bytes: number;
}

export interface UploadCalls {
  /** Hashes, asks the server whether it has the bytes, and streams them where it has not; memory stays flat. */
  upload(content: FileContent, options?: { readonly name?: string; readonly onProgress?: OnProgress }): Promise<UploadedFile>;
}

export function uploadCalls(connection: Connection): UploadCalls {
  return {
    upload: async (content, { name = typeof content === 'string' ? content : 'bytes', onProgress = () => {} } = {}) => {
      const source = await fileSource(content);
      const total = source.bytes;
      const report = (phase: UploadProgress['phase']) => (done: number) => onProgress({ name, phase, done, total });
      const sha256 = await sha256Of(source, report('HASHING')).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      if (await isPresent(connection, sha256)) {
        report('PRESENT')(total);
      } else {
        await send(connection, sha256, source, report('SENDING'));
        report('SENT')(total);
      }
      return { sha256, bytes: total };
    },
  };
}

async function isPresent({ endpoint, fetch, authorization }: Connection, sha256: string): Promise<boolean> {
  const url = endpoint.artifact(sha256);
  const response = await reach(url, async () => fetch(url, { method: 'HEAD', headers: await authorization() }));
  if (response.ok) return true;
  if (response.status === 404) return false;
  throw httpError(response.status, '', url);
}

async function send(connection: Connection, sha256: string, source: FileSource, onBytes: (done: number) => void): Promise<void> {
  const { endpoint, fetch, authorization } = connection;
  const url = endpoint.artifact(sha256);
  const headers = {
    ...(await authorization()),
    'content-type': 'application/octet-stream',
    'content-length': String(source.bytes),
  };
  const response = await reach(url, () => fetch(url, request(headers, source, onBytes)));
  const text = await response.text().catch(() => '');
  if (!response.ok) throw httpError(response.status, text, url);
}

/**
 * `duplex` is what fetch asks for with a streamed body. Where a redirect could follow, Node's fetch keeps a second branch of the body
 * to send again, which is the whole file in memory; `redirect` and `window` together tell it that none will.
 */
function request(headers: Record<string, string>, source: FileSource, onBytes: (done: number) => void): RequestInit {
  if (source.bytes === 0) return { method: 'PUT', headers, body: new Uint8Array() };
  // Not Readable.toWeb: it pushes, and throws where nobody can catch it when the server has answered before the last bytes.
  const body = ReadableStream.from(counted(source.open(), onBytes));
  return { method: 'PUT', headers, body, duplex: 'half', redirect: 'error', window: null } as RequestInit;
}

async function* counted(source: Readable, onBytes: (done: number) => void): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of source) {
    done += (piece as Uint8Array).byteLength;
    onBytes(done);
    yield piece as Uint8Array;
  }
}

async function reach(url: string, call: () => Promise<Response>): Promise<Response> {
  try {
    return await call();
  } catch (error) {
    throw unreachable(url, error);
  }
}
