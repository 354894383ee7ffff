import { useTranslation } from 'react-i18next';
import { ModalButton } from '../actions/ModalButton';
import { EvaluateForm } from './EvaluateForm';

interface EvaluateButtonProps {
  readonly model: string;
  readonly version: string;
  readonly preferred: string | null;
  readonly onStarted: (evaluation: string) => void;
}

export function EvaluateButton({ model, version, preferred, onStarted }: EvaluateButtonProps) {
  const { t } = useTranslation();
  return (
    <ModalButton label={t('modelPage.evaluate.action')} title={t('modelPage.evaluate.title', { version })} takes="AUTOMATION">
      {(close) => (
        <EvaluateForm
          model={model}
          version={version}
          preferred={preferred}
          onDone={(evaluation) => {
            close();
            if (evaluation !== null) onStarted(evaluation);
          }}
        />
      )}
    </ModalButton>
  );
}
