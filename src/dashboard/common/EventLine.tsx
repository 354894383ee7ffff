import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EventLineFragment } from '../api/generated/operations';
import { time } from './format';
import { useLanguage } from './useLanguage';

/** One event of the log: what, of which model, by whom, when. */
export function EventLine({ event }: { readonly event: EventLineFragment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div data-seq={event.seq}>
      <Group gap={6}>
        <Text size="sm" fw={600}>
          {t(`event.${event.type}`, { defaultValue: event.type })}
        </Text>
        {event.model !== null && (
          <Anchor component={Link} href={`/models/${encodeURIComponent(event.model)}`} size="sm" className="juara-break">
            {event.model}
          </Anchor>
        )}
        <Text size="sm">{changeOf(event)}</Text>
      </Group>
      <Text size="xs" c="dimmed">
        #{event.seq} · {time(event.at, language)} · {event.actor}
      </Text>
    </div>
  );
}

/** The versions that it is about: `1.0.0 → 1.0.1`, or one; empty where it is about none. */
export function changeOf(event: EventLineFragment): string {
  if ('to' in event) return [event.from?.version, event.to.version].filter((v) => v !== undefined).join(' → ');
  const { version } = event.data as { readonly version?: unknown };
  return typeof version === 'string' ? version : '';
}
