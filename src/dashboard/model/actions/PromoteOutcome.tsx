import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromoteMutation } from '../../api/generated/operations';
import type { Problem } from '../../api/problem';
import { DecisionRules } from '../../common/DecisionRules';
import { useAllows } from '../../common/useAllows';
import { ReasonForm } from './ReasonForm';

interface PromoteOutcomeProps {
  readonly answer: PromoteMutation['promote'];
  readonly version: string;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly onOverride: (reason: string) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Why the champion has not changed, rule by rule; whoever may do so can overrule a refusal, with a reason. */
export function PromoteOutcome({ answer, version, busy, problem, onOverride, onClose, children }: PromoteOutcomeProps) {
  const { t } = useTranslation();
  const mayOverride = useAllows('OPERATOR');
  const refused = answer.outcome === 'REFUSED';
  return (
    <Stack data-testid="promote-outcome" data-outcome={answer.outcome}>
      <Alert color={refused ? 'red' : 'blue'} variant="light" role="alert" title={t(`modelPage.promote.${answer.outcome}`)}>
        <Text size="sm" className="juara-break">
          {refused ? answer.decision.summary : t('modelPage.promote.awaitingHint')}
        </Text>
      </Alert>
      <DecisionRules rules={answer.decision.rules} caption={t('modelPage.rulesCaption', { version })} />
      {children}
      {refused && mayOverride ? (
        <ReasonForm
          action={t('modelPage.promote.override')}
          label={t('modelPage.promote.overrideReason')}
          required
          colour="red.9"
          busy={busy}
          problem={problem}
          onCancel={onClose}
          onSubmit={(reason) => onOverride(reason ?? '')}
        />
      ) : (
        <Group justify="flex-end">
          {refused && (
            <Text size="sm" c="dimmed">
              {t('modelPage.promote.overrideTakes')}
            </Text>
          )}
          <Button onClick={onClose} data-autofocus>
            {t('close')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
