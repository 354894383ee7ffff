import { useTranslation } from 'react-i18next';
import { NominateDocument } from '../../api/generated/operations';
import { useAction } from '../../common/useAction';
import { ReasonForm } from './ReasonForm';

interface NominateFormProps {
  readonly model: string;
  readonly version: string;
  readonly onDone: () => void;
}

export function NominateForm({ model, version, onDone }: NominateFormProps) {
  const { t } = useTranslation();
  const nominate = useAction(NominateDocument);
  const submit = async (reason: string | null): Promise<void> => {
    if ((await nominate.run({ input: { model, version, reason } })) !== null) onDone();
  };
  return (
    <ReasonForm
      action={t('modelPage.nominate.action')}
      required={false}
      busy={nominate.busy}
      problem={nominate.problem}
      onCancel={onDone}
      onSubmit={(reason) => void submit(reason)}
    />
  );
}
