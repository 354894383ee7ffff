import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { ProblemAlert } from '../../common/ProblemAlert';

interface ReasonFormProps {
  /** What the button says. */
  readonly action: string;
  /** False: it may be left empty. */
  readonly required: boolean;
  readonly label?: string;
  readonly colour?: string;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly disabled?: boolean;
  readonly onCancel: () => void;
  /** Null: left empty. */
  readonly onSubmit: (reason: string | null) => void;
  readonly children?: ReactNode;
}

/** Asks why something is to be done, and does it. */
export function ReasonForm({ action, required, label, colour, busy, problem, disabled, onCancel, onSubmit, children }: ReasonFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit(given === '' ? null : given);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        <Textarea
          label={label ?? t('reason')}
          description={t(required ? 'modelPage.reasonKept' : 'modelPage.reasonOptional')}
          required={required}
          autosize
          minRows={2}
          maxRows={6}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemAlert problem={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" color={colour} loading={busy} disabled={disabled === true || (required && given === '')}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
