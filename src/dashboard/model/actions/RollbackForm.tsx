import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { RollbackDocument } from '../../api/generated/operations';
import { useAction } from '../../common/useAction';
import { ChangeDifference } from './ChangeDifference';
import { FromTo } from './FromTo';
import { ReasonForm } from './ReasonForm';
import { StaleNotice } from './StaleNotice';
import { useSeenChampion } from './useSeenChampion';

export interface ChangeProps {
  readonly model: string;
  /** The champion that the page showed; null: none. */
  readonly champion: string | null;
  /** The version that is to become champion. */
  readonly target: string;
  readonly weighed: readonly string[];
  readonly onDone: () => void;
}

/** From, to, the difference and the reason: then one click brings the former champion back. */
export function RollbackForm({ model, champion, target, weighed, onDone }: ChangeProps) {
  const { t } = useTranslation();
  const { seen, now, accept, refresh } = useSeenChampion(model, champion);
  const rollback = useAction(RollbackDocument);
  const submit = async (reason: string | null): Promise<void> => {
    const done = await rollback.run({ input: { model, version: target, reason: reason ?? '', expectedChampion: seen } });
    if (done === null) return refresh();
    notifications.show({
      color: 'teal',
      title: t('modelPage.rollback.done'),
      message: t('modelPage.change.isChampion', { version: target }),
    });
    onDone();
  };
  const again = (): void => {
    rollback.clear();
    accept();
  };
  return (
    <ReasonForm
      action={t('modelPage.rollback.confirm', { version: target })}
      required
      busy={rollback.busy}
      problem={rollback.problem}
      onCancel={onDone}
      onSubmit={(reason) => void submit(reason)}
    >
      <FromTo from={seen} to={target} />
      {now !== undefined && !rollback.busy && <StaleNotice seen={seen} now={now} onAccept={again} />}
      {seen !== null && seen !== target && <ChangeDifference model={model} base={seen} candidate={target} weighed={weighed} />}
    </ReasonForm>
  );
}
