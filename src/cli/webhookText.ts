import type { Webhook } from './client.js';
import { time } from './format.js';
import type { Session } from './session.js';

export async function printWebhook(session: Session, hook: Webhook): Promise<void> {
  if (session.json) return session.data(hook);
  const lines: readonly [string, string][] = [
    ['id', hook.id],
    ['url', hook.url],
    ['state', webhookState(hook)],
    ['events', hook.types?.join(' ') ?? 'all'],
    ['model', hook.model ?? 'all'],
    ['delivered up to', `#${hook.seq} (cursor ${hook.cursor})`],
    ['created', time(hook.createdAt)],
  ];
  await session.line(hook.name);
  for (const [label, text] of lines) await session.line(`  ${`${label}:`.padEnd(17)}${text}`);
}

/** In a word, with the reason where it needs one. */
export function webhookState({ active, failingSince, disabledReason }: Webhook): string {
  if (!active) return `inactive: ${disabledReason ?? 'nobody says why'}`;
  return failingSince === null ? 'active' : `failing since ${time(failingSince)}`;
}
