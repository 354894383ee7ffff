import type { StoredEvent } from '../domain/event.js';

/** What a hook is sent of an event; the same bytes at each attempt. */
export interface Message {
  /** Unique among all registries, and stable: receivers know a repetition by it. */
  readonly id: string;
  readonly body: string;
}

/** The event as a CloudEvents 1.0 JSON document (structured content mode); `data` holds what the API shows of an event. */
export function cloudEvent(event: StoredEvent, registryId: string, cursor: string): Message {
  const { seq, type, at, actor, model, hash, data } = event;
  const time = new Date(at).toISOString();
  const id = `${registryId}/${seq}`;
  const document = {
    specversion: '1.0',
    id,
    source: `juara/${registryId}`,
    type: `juara.${type.toLowerCase()}`,
    time,
    ...(model === null ? {} : { subject: model }),
    datacontenttype: 'application/json',
    data: { cursor, seq, type, at: time, actor, model, hash, data },
  };
  return { id, body: JSON.stringify(document) };
}
