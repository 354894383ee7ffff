import { Badge, Card, Group, List, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TrainingQuery } from '../api/generated/operations';
import { number } from '../common/format';
import { useLanguage } from '../common/useLanguage';

type ReadinessParts = NonNullable<TrainingQuery['model']>['trainingReadiness'];

/** How far it is to the next training, and why it is due where it is. */
export function Readiness({ readiness }: { readonly readiness: ReadinessParts }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { ready, validated, required, pending, daysSinceLastTraining, maxDays, reasons } = readiness;
  const label = t('training.progress', { validated, required });
  return (
    <Card withBorder component="section" aria-label={t('training.next')}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('training.next')}
          </Title>
          <Badge color={ready ? 'orange' : 'gray'} variant="light" autoContrast>
            {t(ready ? 'training.due' : 'training.notDue')}
          </Badge>
        </Group>
        <Text>{label}</Text>
        <Progress size="lg" value={required === 0 ? 100 : Math.min(100, (100 * validated) / required)} aria-label={label} />
        <Text size="sm" c="dimmed">
          {t('training.pending', { count: pending })}
          {' · '}
          {daysSinceLastTraining === null
            ? t('training.never')
            : t('training.days', { days: number(daysSinceLastTraining, language, 3), maxDays })}
        </Text>
        {reasons.length > 0 && (
          <List size="sm">
            {reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Card>
  );
}
