import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { type GraphQLFormattedError, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { createDiskBlobStore } from '../../src/artifacts/diskBlobStore.js';
import { createFolders } from '../../src/artifacts/folders.js';
import type { Actor } from '../../src/domain/actor.js';
import { signCheckpoint } from '../../src/domain/checkpoint.js';
import { createFeed, type RunningFeed } from '../../src/feed/createFeed.js';
import { buildJuaraSchema } from '../../src/graphql/buildJuaraSchema.js';
import type { JuaraContext } from '../../src/graphql/context.js';
import { formatError } from '../../src/graphql/formatError.js';
import { createLoaders } from '../../src/graphql/loaders.js';
import { prepareHome } from '../../src/home/prepareHome.js';
import type { Deps } from '../../src/ports.js';
import { createInspector } from '../../src/scoring/createInspector.js';
import { createEvaluationBoard } from '../../src/scoring/evaluationBoard.js';
import { openStore } from '../../src/storage/openStore.js';
import { temporaryFolder } from './temporaryFolder.js';

export type Data = Record<string, unknown>;

export interface Answer {
  /** Null where there is none. Tests know the shape that they asked for. */
  readonly data: Data | null;
  /** As a client would see them. */
  readonly errors: readonly GraphQLFormattedError[];
  readonly codes: readonly unknown[];
}

/** The schema over a real registry on disk, without a server in between. */
export interface SchemaRegistry {
  readonly schema: GraphQLSchema;
  readonly deps: Deps;
  readonly feed: RunningFeed;
  /** What formatError took for unexpected. */
  readonly unexpected: readonly unknown[];
  run(actor: Actor | null, source: string, variables?: Data): Promise<Answer>;
  follow(actor: Actor | null, source: string, variables?: Data): Promise<AsyncIterableIterator<Answer>>;
  close(): Promise<void>;
}

async function openDeps(home: string): Promise<{ deps: Deps; close(): Promise<void> }> {
  await prepareHome(home);
  const { store, close } = await openStore({ url: `sqlite:${join(home, 'registry.db')}` });
  const blobs = createDiskBlobStore(home);
  const folders = createFolders({ home, blobs, reads: store.reads });
  const inspector = createInspector({ childPath: 'dist/src/scoring/inspectChild.js', memoryMb: 512, timeoutMs: 30_000 });
  const unused = (): Promise<never> => Promise.reject(new Error('nothing is measured here'));
  const evidence = {
    scanner: { scan: unused },
    samples: { sample: unused },
    predictor: { predict: unused, warm: unused, isWarm: () => false },
    measurer: { measure: unused, compare: unused },
    board: createEvaluationBoard(),
  };
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = { checkpoint: (head: { seq: number; hash: string }) => signCheckpoint(privateKey, head, Date.now()) };
  return {
    deps: { store, blobs, folders, inspector, signer, ...evidence, now: Date.now, failpoint: () => undefined },
    async close() {
      await folders.close();
      await inspector.close();
      await close();
    },
  };
}

export async function openSchemaRegistry(): Promise<SchemaRegistry> {
  const { deps, close } = await openDeps(await temporaryFolder());
  const unexpected: unknown[] = [];
  const feed = await createFeed(deps.store, (error) => unexpected.push(error));
  const schema = await buildJuaraSchema();
  const contextValue = (actor: Actor | null): JuaraContext => ({ actor, deps, feed, loaders: createLoaders(deps.store.reads) });
  const answer = (result: {
    data?: Data | null | undefined;
    errors?: readonly { toJSON(): GraphQLFormattedError }[] | undefined;
  }): Answer => {
    const errors = (result.errors ?? []).map((error) => formatError(error.toJSON(), error, (e) => unexpected.push(e)));
    return { data: result.data ?? null, errors, codes: errors.map((e) => e.extensions?.code) };
  };
  return {
    schema,
    deps,
    feed,
    unexpected,
    run: async (actor, source, variables) =>
      answer(await graphql({ schema, source, variableValues: variables ?? null, contextValue: contextValue(actor) })),
    async follow(actor, source, variables) {
      const stream = await subscribe({
        schema,
        document: parse(source),
        variableValues: variables ?? null,
        contextValue: contextValue(actor),
      });
      if (!(Symbol.asyncIterator in stream)) return once(answer(stream));
      const iterator: AsyncIterableIterator<Answer> = {
        next: async () => {
          const step = await stream.next();
          return step.done === true ? { done: true, value: undefined } : { done: false, value: answer(step.value) };
        },
        return: async () => {
          await stream.return(undefined);
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]: () => iterator,
      };
      return iterator;
    },
    async close() {
      await feed.close();
      await close();
    },
  };
}

async function* once(answer: Answer): AsyncIterableIterator<Answer> {
  yield answer;
}
