import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';

/** Says what went wrong, by the server's words, and offers to try again. */
export function ProblemAlert({ problem, onRetry }: { readonly problem: Problem | null; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  if (problem === null) return null;
  return (
    <Alert color="red" variant="light" role="alert" title={t(`problem.${problem.code}`, { defaultValue: problem.code })}>
      <Group justify="space-between">
        <span>{problem.message}</span>
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
