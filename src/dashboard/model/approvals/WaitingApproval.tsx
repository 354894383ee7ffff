import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PendingDecisionsQuery } from '../../api/generated/operations';
import { time } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';
import { FromTo } from '../actions/FromTo';
import { ModalButton } from '../actions/ModalButton';
import { ApproveForm } from './ApproveForm';
import { DeclineForm } from './DeclineForm';

export type PendingDecision = PendingDecisionsQuery['decisions']['nodes'][number];

export function WaitingApproval({ decision }: { readonly decision: PendingDecision }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { version } = decision.candidate;
  return (
    <Stack gap="xs" data-testid="waiting-approval">
      <FromTo from={decision.champion?.version ?? null} to={version} />
      <Text size="sm" className="juara-break">
        {t('modelPage.approvals.asked', { by: decision.requestedBy, time: time(decision.at, language) })}
        {decision.reason !== null && `: ${decision.reason}`}
      </Text>
      <Group gap="xs">
        <ModalButton
          label={t('modelPage.approvals.approve')}
          title={t('modelPage.approvals.approveTitle', { version })}
          takes="OPERATOR"
          primary
          wide
        >
          {(close) => <ApproveForm decision={decision} onDone={close} />}
        </ModalButton>
        <ModalButton label={t('modelPage.approvals.decline')} title={t('modelPage.approvals.declineTitle', { version })} takes="OPERATOR">
          {(close) => <DeclineForm decision={decision.id} onDone={close} />}
        </ModalButton>
      </Group>
    </Stack>
  );
}
