import { Button, Group, Stack, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DiscardTrainingEventDocument } from '../api/generated/operations';
import { problemOf } from '../api/problem';
import { ProblemAlert } from '../common/ProblemAlert';

/** Asks why, because the event stays in the pool's history with the reason. */
export function DiscardEvent({ model, eventId }: { readonly model: string; readonly eventId: string }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [{ fetching, error }, discard] = useMutation(DiscardTrainingEventDocument);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await discard({ model, eventId, reason: reason.trim() });
    if (result.error === undefined) modals.closeAll();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <ProblemAlert problem={error === undefined ? null : problemOf(error)} />
        <Textarea label={t('reason')} required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="red" loading={fetching} disabled={reason.trim() === ''}>
            {t('training.discard')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
