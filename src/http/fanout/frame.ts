/**
 * One `next` message of graphql-transport-ws in two parts: the subscriber's own id, and the result, which is the same for all who asked
 * the same. So a result is serialised and encoded once, however many subscribers it goes to.
 */
export function frameHead(id: string): Buffer {
  return Buffer.from(`{"id":${JSON.stringify(id)},`);
}

export function frameTail(result: unknown): Buffer {
  return Buffer.from(`"type":"next","payload":${JSON.stringify(result)}}`);
}

export function frame(head: Buffer, tail: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + tail.length);
  head.copy(bytes);
  tail.copy(bytes, head.length);
  return bytes;
}
