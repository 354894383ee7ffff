import { readFile } from 'node:fs/promises';
import { CliError } from './CliError.js';
import type { ClientOptions, JuaraClient } from './client.js';
import type { CliIo } from './cliIo.js';
import { printable, printableJson } from './printable.js';

export interface GlobalOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** What the client holds the log against. */
export type Trust = Pick<ClientOptions, 'checkpoints' | 'publicKey'>;

/** What a command is given: the server, and where to write. */
export interface Session {
  readonly io: CliIo;
  /** True where a program reads: one JSON value on standard output and nothing else. */
  readonly json: boolean;
  client(trust?: Trust): Promise<JuaraClient>;
  /** A line of the answer. Made safe for terminals; resolves when the stream has taken it. */
  line(text: string): Promise<void>;
  /** The answer of --json. */
  data(value: unknown): Promise<void>;
  /** A line for the person, on standard error. */
  note(text: string): void;
}

export function createSession(io: CliIo, options: GlobalOptions): Session {
  return {
    io,
    json: options.json === true,
    client: async (trust = {}) => {
      const { createClient } = await import('../client/index.js');
      const token = options.token ?? (await tokenFrom(io.env));
      return createClient({ url: options.url ?? (io.env.JUARA_URL || DEFAULT_URL), ...(token === undefined ? {} : { token }), ...trust });
    },
    line: (text) => write(io.stdout, `${text.split('\n').map(printable).join('\n')}\n`),
    data: (value) => write(io.stdout, `${printableJson(value, 2)}\n`),
    note: (text) => void io.stderr.write(`${text.split('\n').map(printable).join('\n')}\n`),
  };
}

export const DEFAULT_URL = 'http://127.0.0.1:4000';

async function tokenFrom(env: CliIo['env']): Promise<string | undefined> {
  if (env.JUARA_TOKEN) return env.JUARA_TOKEN;
  if (!env.JUARA_TOKEN_FILE) return undefined;
  const text = await readFile(env.JUARA_TOKEN_FILE, 'utf8').catch((error: Error) => {
    throw new CliError('USAGE', `JUARA_TOKEN_FILE cannot be read: ${error.message}`);
  });
  return text.trim();
}

export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
