import type { Command } from 'commander';
import { checkpointFileStore } from '../checkpointFileStore.js';
import type { RegistryEvent } from '../client.js';
import { collect, whole } from '../collect.js';
import { readCursor, writeCursor } from '../cursorFile.js';
import { eventLine } from '../eventLine.js';
import { type Cli, leaf } from '../leaf.js';
import { printableJson } from '../printable.js';
import { type Session, type Trust, write } from '../session.js';

interface Options {
  readonly after?: string;
  readonly cursorFile?: string;
  readonly checkpointFile?: string;
  readonly publicKey?: string;
  readonly type?: readonly string[];
  readonly count?: number;
}

export function addWatch(program: Command, cli: Cli): void {
  const command = program
    .command('watch')
    .description('one line an event, as they happen, until Ctrl-C; comes back by itself when the server does')
    .argument('[model]')
    .option('--after <cursor>', "begin behind this cursor; '' is the first event; left out: from now on")
    .option('--cursor-file <file>', 'keep the place there after each line, and go on from it the next time')
    .option('--checkpoint-file <file>', 'keep the last checkpoint there, and refuse a log that contradicts it')
    .option('--public-key <base64>', "the registry's key; left out: the first one that is seen is trusted")
    .option('--type <type>', 'only these, e.g. PROMOTED; may be repeated', collect)
    .option('--count <n>', 'end after so many events', whole);
  leaf<Options>(cli, command, async (session, [model], options) => {
    const client = await session.client(trustOf(options));
    // watch() tries for ever; a wrong address or token should be told at once instead.
    await client.viewer();
    const after = (await storedCursor(options)) ?? options.after;
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    try {
      const events = client.watch({
        signal: stop.signal,
        onRetry: (delay) => session.note(`juara: connection lost, trying again in ${(delay / 1000).toFixed(1)} s`),
        ...(model === undefined ? {} : { model }),
        ...(after === undefined ? {} : { after }),
        ...(options.type === undefined ? {} : { types: options.type }),
      });
      await follow(session, events, options);
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
    return undefined;
  });
}

function trustOf({ checkpointFile, publicKey }: Options): Trust {
  return {
    ...(checkpointFile === undefined ? {} : { checkpoints: checkpointFileStore(checkpointFile) }),
    ...(publicKey === undefined ? {} : { publicKey }),
  };
}

async function storedCursor({ cursorFile }: Options): Promise<string | undefined> {
  return cursorFile === undefined ? undefined : readCursor(cursorFile);
}

/** The cursor is stored once the line has been taken, so that a kill in between repeats a line and never drops one. */
async function follow(session: Session, events: AsyncIterable<RegistryEvent>, { cursorFile, count }: Options): Promise<void> {
  let shown = 0;
  if (count === 0) return;
  for await (const event of events) {
    await write(session.io.stdout, `${session.json ? printableJson(event) : eventLine(event)}\n`);
    if (cursorFile !== undefined) await writeCursor(cursorFile, event.cursor);
    if (++shown === count) return;
  }
}
