import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Actor } from '../../domain/actor.js';
import type { JuaraContext } from '../../graphql/context.js';
import { createLoaders, type Loaders } from '../../graphql/loaders.js';
import { type FormatClientError, formatAll } from '../clientErrors.js';
import type { HttpParts } from '../httpParts.js';
import { frameTail } from './frame.js';
import { groupKey } from './groupKey.js';
import { MappedStream } from './mappedStream.js';
import type { Outlet } from './outlet.js';
import { type SharedSource, sharedSource } from './sharedSource.js';
import { Subscriber } from './subscriber.js';
import { SubscriptionGroup } from './subscriptionGroup.js';

/** What `subscribe` of graphql-ws is given: the execution's arguments, and where its results go. */
export interface SubscriptionArgs extends ExecutionArgs {
  readonly contextValue: JuaraContext & { readonly actor: Actor };
  readonly query: string;
  readonly id: string;
  readonly outlet: Outlet;
}

type Stream = AsyncIterableIterator<ExecutionResult> | ExecutionResult;

/** Serves subscriptions: equal ones that follow the log together, any other by itself. */
export class Fanout {
  private readonly groups = new Map<string, SubscriptionGroup>();
  /** One for all groups: what a hundred operations look up for one event is read once. */
  private readonly loaders: Loaders;

  constructor(
    private readonly parts: Pick<HttpParts, 'deps' | 'feed' | 'watch'>,
    private readonly format: FormatClientError,
  ) {
    this.loaders = createLoaders(parts.deps.store.reads);
  }

  async subscribe(args: SubscriptionArgs): Promise<Stream> {
    const stream = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in stream)) return stream;
    const source = sharedSource(stream);
    if (source === null) return new MappedStream(stream, (rootValue) => this.answer({ ...args, rootValue }));
    const key = this.keyOf(args);
    let group = this.groups.get(key);
    const follower = group === undefined ? null : source.follower;
    group ??= this.open(key, args, source);
    const joined = group;
    const subscriber = new Subscriber(args.id, args.outlet, source.follower.position, follower, (gone) => joined.leave(gone));
    joined.join(subscriber, source.initial);
    return subscriber;
  }

  /** What comes from the state, not from the log, waits for what the log says of tokens up to that state. */
  private async answer(args: ExecutionArgs): Promise<ExecutionResult> {
    const result = await execute(args);
    await this.parts.watch.caughtUp();
    return result;
  }

  /** Distinct operations that are being followed. */
  count(): number {
    return this.groups.size;
  }

  private keyOf({ query, document, operationName, variableValues, contextValue }: SubscriptionArgs): string {
    const { actor } = contextValue;
    return groupKey({ query, document, operationName: operationName ?? null, variables: variableValues ?? {}, actor });
  }

  private open(key: string, args: SubscriptionArgs, source: SharedSource): SubscriptionGroup {
    const contextValue = { ...args.contextValue, loaders: this.loaders };
    const { schema, document, operationName, variableValues } = args;
    const { feed, watch } = this.parts;
    const render = async (rootValue: unknown): Promise<Buffer> => {
      const { data, errors } = await execute({ schema, document, operationName, variableValues, contextValue, rootValue });
      return frameTail(errors === undefined ? { data } : { data, errors: formatAll(errors, this.format) });
    };
    const group = new SubscriptionGroup(source, { feed, watch, render, onEmpty: () => this.groups.delete(key) });
    this.groups.set(key, group);
    return group;
  }
}
