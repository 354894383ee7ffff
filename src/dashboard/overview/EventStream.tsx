import { Card, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EventLine } from '../common/EventLine';
import { useFeedSnapshot } from '../live/FeedContext';

/** The last events, and each new one as it happens. */
export function EventStream() {
  const { t } = useTranslation();
  const { recent } = useFeedSnapshot();
  return (
    <Card withBorder component="section" aria-label={t('overview.stream')}>
      <Title order={2} size="h4">
        {t('overview.stream')}
      </Title>
      {recent.length === 0 && <Text c="dimmed">{t('overview.streamEmpty')}</Text>}
      <ScrollArea.Autosize mah="70vh" viewportProps={{ tabIndex: 0, 'aria-label': t('overview.stream'), role: 'log' }}>
        <Stack gap="sm" mt="xs">
          {recent.map((event) => (
            <EventLine key={event.seq} event={event} />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Card>
  );
}
