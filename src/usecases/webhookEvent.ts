import type { NewEvent } from '../domain/event.js';
import type { JsonObject } from '../domain/json.js';
import type { Webhook } from '../domain/webhook.js';

/**
 * WEBHOOK_CREATED or WEBHOOK_UPDATED. Every viewer reads the log, and the paths of webhook URLs are often secrets themselves: of the URL
 * it tells the origin alone.
 */
export function webhookEvent(
  type: 'WEBHOOK_CREATED' | 'WEBHOOK_UPDATED',
  hook: Webhook,
  by: Pick<NewEvent, 'at' | 'actor'>,
  more: JsonObject,
): NewEvent {
  const { id, name, url, active, types, model } = hook;
  const data = { id, name, origin: new URL(url).origin, active, types: types === null ? null : [...types], model, ...more };
  return { type, at: by.at, actor: by.actor, model: null, data };
}
