import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChallengersQuery } from '../../api/generated/operations';
import { time } from '../../common/format';
import { StatusBadge } from '../../common/StatusBadge';
import { useLanguage } from '../../common/useLanguage';
import { ModalButton } from '../actions/ModalButton';
import { PromoteForm } from '../actions/PromoteForm';
import { RejectForm } from '../actions/RejectForm';
import { Preview } from '../decision/Preview';
import { EvaluateButton } from '../evaluation/EvaluateButton';
import { EvaluationProgress } from '../evaluation/EvaluationProgress';
import { shownEvaluations } from '../evaluation/shownEvaluations';
import type { ModelContext } from '../modelContext';

interface ChallengerCardProps {
  readonly context: ModelContext;
  readonly challenger: ChallengersQuery['versions']['nodes'][number];
}

/** A candidate: what the policy says of it now, and what can be done with it. */
export function ChallengerCard({ context, challenger }: ChallengerCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [started, setStarted] = useState<readonly string[]>([]);
  const { model, champion, benchmark } = context;
  const { version, status, createdAt, architecture } = challenger;
  return (
    <Card withBorder component="article" aria-label={version}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={3} size="h4" className="juara-break">
              {version}
            </Title>
            <StatusBadge status={status} />
          </Group>
          {champion !== null && (
            <Anchor component={Link} href={comparePath(model, champion, version)} size="sm">
              {t('modelPage.compare')}
            </Anchor>
          )}
        </Group>
        <Text size="sm" c="dimmed" className="juara-break">
          {[t('modelPage.registered', { time: time(createdAt, language) }), architecture].filter((part) => part !== null).join(' · ')}
        </Text>
        <Group gap="xs">
          <ModalButton
            label={t('modelPage.promote.action')}
            title={t('modelPage.promote.title', { model, version })}
            takes="AUTOMATION"
            primary
            wide
          >
            {(close) => <PromoteForm {...context} target={version} onDone={close} />}
          </ModalButton>
          <EvaluateButton model={model} version={version} preferred={benchmark} onStarted={(id) => setStarted((ids) => [...ids, id])} />
          <ModalButton label={t('modelPage.reject.action')} title={t('modelPage.reject.title', { model, version })} takes="OPERATOR">
            {(close) => <RejectForm model={model} version={version} onDone={close} />}
          </ModalButton>
        </Group>
        {shownEvaluations(challenger.evaluations, started).map((id) => (
          <EvaluationProgress key={id} id={id} />
        ))}
        <Preview model={model} version={version} />
      </Stack>
    </Card>
  );
}

function comparePath(model: string, base: string, candidate: string): string {
  return `/models/${encodeURIComponent(model)}/compare/${encodeURIComponent(base)}/${encodeURIComponent(candidate)}`;
}
