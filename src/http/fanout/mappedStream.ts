/** A source whose every value is mapped by an asynchronous function. return() goes through at once, also while the source waits. */
export class MappedStream<T, U> implements AsyncIterableIterator<U> {
  private readonly source: AsyncIterator<T>;

  constructor(
    source: AsyncIterable<T>,
    private readonly map: (value: T) => Promise<U> | U,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<U>> {
    const step = await this.source.next();
    return step.done === true ? { done: true, value: undefined } : { done: false, value: await this.map(step.value) };
  }

  async return(): Promise<IteratorResult<U>> {
    await this.source.return?.();
    return { done: true, value: undefined };
  }

  /** graphql-ws ends only iterators that have it. */
  async throw(error: unknown): Promise<IteratorResult<U>> {
    await this.source.return?.();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
