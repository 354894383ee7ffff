import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { ApprovePromotionDocument } from '../../api/generated/operations';
import { DecisionRules } from '../../common/DecisionRules';
import { useAction } from '../../common/useAction';
import { FromTo } from '../actions/FromTo';
import { ReasonForm } from '../actions/ReasonForm';
import type { PendingDecision } from './WaitingApproval';

/** The policy decides anew, against the champion of now: an approval may still end in a refusal. */
export function ApproveForm({ decision, onDone }: { readonly decision: PendingDecision; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const approve = useAction(ApprovePromotionDocument);
  const { version } = decision.candidate;
  const submit = async (reason: string | null): Promise<void> => {
    const done = await approve.run({ decision: decision.id, reason });
    if (done === null) return;
    const { outcome, decision: answer } = done.approvePromotion;
    const promoted = outcome === 'PROMOTED';
    notifications.show({
      color: promoted ? 'teal' : 'orange',
      title: t(`modelPage.promote.${outcome}`),
      message: promoted ? t('modelPage.change.isChampion', { version }) : answer.summary,
    });
    onDone();
  };
  return (
    <ReasonForm
      action={t('modelPage.approvals.approve')}
      required={false}
      busy={approve.busy}
      problem={approve.problem}
      onCancel={onDone}
      onSubmit={(reason) => void submit(reason)}
    >
      <FromTo from={decision.champion?.version ?? null} to={version} />
      <DecisionRules rules={decision.rules} caption={t('modelPage.rulesCaption', { version })} />
    </ReasonForm>
  );
}
