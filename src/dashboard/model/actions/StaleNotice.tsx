import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface StaleNoticeProps {
  readonly seen: string | null;
  readonly now: string | null;
  readonly onAccept: () => void;
}

/** Somebody changed the champion while the dialogue was open: says so, and shows the new state when asked. */
export function StaleNotice({ seen, now, onAccept }: StaleNoticeProps) {
  const { t } = useTranslation();
  const name = (version: string | null): string => version ?? t('modelPage.change.nobody');
  return (
    <Alert color="orange" variant="light" role="alert" title={t('modelPage.change.stale')} data-testid="stale">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('modelPage.change.staleHint', { seen: name(seen), now: name(now) })}</Text>
        <Button size="xs" variant="default" onClick={onAccept}>
          {t('modelPage.change.lookAgain')}
        </Button>
      </Stack>
    </Alert>
  );
}
