import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PromoteDocument, type PromoteMutation } from '../../api/generated/operations';
import { useAction } from '../../common/useAction';
import { ChangeDifference } from './ChangeDifference';
import { FromTo } from './FromTo';
import { PromoteOutcome } from './PromoteOutcome';
import { ReasonForm } from './ReasonForm';
import type { ChangeProps } from './RollbackForm';
import { StaleNotice } from './StaleNotice';
import { useSeenChampion } from './useSeenChampion';

/** From, to, the difference and the reason: then the policy decides, and the page shows what it said. */
export function PromoteForm({ model, champion, target, weighed, onDone }: ChangeProps) {
  const { t } = useTranslation();
  const { seen, now, accept, refresh } = useSeenChampion(model, champion);
  const [answer, setAnswer] = useState<PromoteMutation['promote'] | null>(null);
  const promote = useAction(PromoteDocument);
  const ask = async (reason: string | null, overrideReason: string | null): Promise<void> => {
    const done = await promote.run({ input: { model, version: target, reason, overrideReason, expectedChampion: seen } });
    if (done === null) return refresh();
    if (done.promote.outcome !== 'PROMOTED') return setAnswer(done.promote);
    notifications.show({
      color: 'teal',
      title: t('modelPage.promote.done'),
      message: t('modelPage.change.isChampion', { version: target }),
    });
    onDone();
  };
  const again = (): void => {
    promote.clear();
    setAnswer(null);
    accept();
  };
  const stale = now !== undefined && !promote.busy && <StaleNotice seen={seen} now={now} onAccept={again} />;
  if (answer !== null) {
    return (
      <PromoteOutcome
        answer={answer}
        version={target}
        busy={promote.busy}
        problem={promote.problem}
        onOverride={(reason) => void ask(null, reason)}
        onClose={onDone}
      >
        {stale}
      </PromoteOutcome>
    );
  }
  return (
    <ReasonForm
      action={t('modelPage.promote.confirm', { version: target })}
      required={false}
      busy={promote.busy}
      problem={promote.problem}
      onCancel={onDone}
      onSubmit={(reason) => void ask(reason, null)}
    >
      <FromTo from={seen} to={target} />
      {stale}
      {seen !== null && seen !== target && <ChangeDifference model={model} base={seen} candidate={target} weighed={weighed} />}
    </ReasonForm>
  );
}
