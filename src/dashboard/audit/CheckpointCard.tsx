import { Button, Card, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AuditCheckpointDocument } from '../api/generated/operations';
import { number, time } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import { useLiveQuery } from '../common/useLiveQuery';

/** The signed end of the log, to be kept elsewhere: it unmasks a log that was cut short or rewritten. */
export function CheckpointCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useLiveQuery({ query: AuditCheckpointDocument, variables: {} });
  if (data === undefined) return null;
  const { checkpoint, models, versions, totalRuns, successfulUpdates, failedUpdates } = data.registrySummary;
  const text = JSON.stringify(checkpoint);
  return (
    <Card withBorder component="section" aria-label={t('audit.checkpoint')}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('audit.checkpoint')}
          </Title>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? t('copied') : t('audit.copyCheckpoint')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Text size="sm">{t('audit.signed', { seq: number(checkpoint.seq, language, 12), at: time(checkpoint.at, language) })}</Text>
        <Code className="juara-break">{checkpoint.hash}</Code>
        <Text size="sm" c="dimmed">
          {t('audit.checkpointHint')} <Code>npx juara verify --checkpoint checkpoint.json</Code>
        </Text>
        <Text size="sm" c="dimmed">
          {t('audit.summary', { models, versions, runs: totalRuns, successful: successfulUpdates, failed: failedUpdates })}
        </Text>
      </Stack>
    </Card>
  );
}
