import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { time } from '../common/format';
import { StatusBadge } from '../common/StatusBadge';
import { useLanguage } from '../common/useLanguage';
import { ModalButton } from './actions/ModalButton';
import { RollbackForm } from './actions/RollbackForm';
import { EvaluateButton } from './evaluation/EvaluateButton';
import { EvaluationProgress } from './evaluation/EvaluationProgress';
import { shownEvaluations } from './evaluation/shownEvaluations';
import type { ModelContext } from './modelContext';
import { VersionTabs } from './version/VersionTabs';

interface ChampionCardProps {
  readonly context: ModelContext;
  readonly champion: VersionDetailsFragment | null;
}

/** The version that operations use, with all that is known of it, and the way back to the one before. */
export function ChampionCard({ context, champion }: ChampionCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [started, setStarted] = useState<readonly string[]>([]);
  const { model, benchmark, weighed } = context;
  if (champion === null) {
    return (
      <EmptyState
        title={t('modelPage.champion.none')}
        hint={t('modelPage.champion.noneHint')}
        command={`npx juara promote ${model} <version>`}
      />
    );
  }
  const { version, previousVersion, deployedAt, architecture } = champion;
  return (
    <Card withBorder component="section" aria-label={t('modelPage.champion.title')} data-testid="champion">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2} className="juara-break">
              {version}
            </Title>
            <StatusBadge status={champion.status} />
          </Group>
          <Group gap="xs">
            <EvaluateButton model={model} version={version} preferred={benchmark} onStarted={(id) => setStarted((ids) => [...ids, id])} />
            {previousVersion !== null && (
              <ModalButton
                label={t('modelPage.rollback.to', { version: previousVersion })}
                title={t('modelPage.rollback.title', { model, version: previousVersion })}
                takes="OPERATOR"
                wide
              >
                {(close) => <RollbackForm {...context} target={previousVersion} onDone={close} />}
              </ModalButton>
            )}
          </Group>
        </Group>
        <Text size="sm" c="dimmed" className="juara-break">
          {[t('overview.since', { time: time(deployedAt, language) }), architecture].filter((part) => part !== null).join(' · ')}
        </Text>
        {shownEvaluations(champion.evaluations, started).map((id) => (
          <EvaluationProgress key={id} id={id} />
        ))}
        <VersionTabs version={champion} weighed={weighed} />
      </Stack>
    </Card>
  );
}
