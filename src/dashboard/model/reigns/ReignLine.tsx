import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReignsQuery } from '../../api/generated/operations';
import { time } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';

type Reign = NonNullable<ReignsQuery['model']>['reigns']['nodes'][number];

export function ReignLine({ reign }: { readonly reign: Reign }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { from, until, event } = reign;
  const reason = 'reason' in event ? event.reason : '';
  const end = until === null ? t('modelPage.reigns.now') : time(until, language);
  return (
    <>
      <Text size="sm">
        {time(from, language)} – {end}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`event.${event.type}`, { defaultValue: event.type })} · {event.actor}
      </Text>
      {reason !== '' && (
        <Text size="xs" c="dimmed" className="juara-break" lineClamp={3} title={reason}>
          {reason}
        </Text>
      )}
    </>
  );
}
