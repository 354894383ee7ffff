import type { RegistryEvent } from './client.js';
import { printable } from './printable.js';

/** One line an event: when, its number, what, where, by whom. */
export function eventLine(event: RegistryEvent): string {
  const what =
    event.__typename === 'PromotionEvent'
      ? `${event.from?.version ?? 'none'} -> ${event.to.version} (${event.reason})`
      : Object.entries(event.data ?? {})
          .map(([key, value]) => `${key}=${shown(value)}`)
          .join(' ');
  return printable(`${event.at} #${event.seq} ${event.type} ${event.model ?? '-'} ${what} by ${event.actor}`.replace(/ {2,}/g, ' '));
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
