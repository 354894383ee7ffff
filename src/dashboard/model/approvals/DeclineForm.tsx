import { useTranslation } from 'react-i18next';
import { DeclinePromotionDocument } from '../../api/generated/operations';
import { useAction } from '../../common/useAction';
import { ReasonForm } from '../actions/ReasonForm';

export function DeclineForm({ decision, onDone }: { readonly decision: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const decline = useAction(DeclinePromotionDocument);
  const submit = async (reason: string | null): Promise<void> => {
    if ((await decline.run({ decision, reason: reason ?? '' })) !== null) onDone();
  };
  return (
    <ReasonForm
      action={t('modelPage.approvals.decline')}
      required
      colour="red.9"
      busy={decline.busy}
      problem={decline.problem}
      onCancel={onDone}
      onSubmit={(reason) => void submit(reason)}
    />
  );
}
