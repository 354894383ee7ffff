import { useTranslation } from 'react-i18next';
import { RejectDocument } from '../../api/generated/operations';
import { useAction } from '../../common/useAction';
import { ReasonForm } from './ReasonForm';

interface VersionFormProps {
  readonly model: string;
  readonly version: string;
  readonly onDone: () => void;
}

export function RejectForm({ model, version, onDone }: VersionFormProps) {
  const { t } = useTranslation();
  const reject = useAction(RejectDocument);
  const submit = async (reason: string | null): Promise<void> => {
    if ((await reject.run({ input: { model, version, reason: reason ?? '' } })) !== null) onDone();
  };
  return (
    <ReasonForm
      action={t('modelPage.reject.action')}
      required
      colour="red.9"
      busy={reject.busy}
      problem={reject.problem}
      onCancel={onDone}
      onSubmit={(reason) => void submit(reason)}
    />
  );
}
