import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFeedSnapshot } from '../live/FeedContext';

const COLOURS = { connecting: 'yellow', live: 'teal', offline: 'red' } as const;

/** Whether the page hears of changes as they happen. */
export function ConnectionState() {
  const { t } = useTranslation();
  const { state } = useFeedSnapshot();
  return (
    <Badge
      variant="dot"
      color={COLOURS[state]}
      role="status"
      data-state={state}
      style={{ flexShrink: 0 }}
      title={t(`connection.${state}Hint`)}
    >
      {t(`connection.${state}`)}
    </Badge>
  );
}
