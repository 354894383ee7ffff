import { Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CancelEvaluationDocument } from '../../api/generated/operations';
import { AllowedButton } from '../../common/AllowedButton';
import { ProblemAlert } from '../../common/ProblemAlert';
import { useAction } from '../../common/useAction';
import { isUnderWay, useEvaluation } from './useEvaluation';

/** How far a measurement is, with a way to break it off; how it ended once it has. */
export function EvaluationProgress({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const evaluation = useEvaluation(id);
  const cancel = useAction(CancelEvaluationDocument);
  if (evaluation === undefined) return null;
  const percent = Math.round(100 * evaluation.progress);
  const label = t('modelPage.evaluate.on', { benchmark: evaluation.benchmark.name });
  return (
    <Stack gap={4} data-testid="evaluation" data-status={evaluation.status}>
      <Group justify="space-between">
        <Text size="sm" className="juara-break" role="status">
          {label}: {t(`modelPage.evaluate.status.${evaluation.status}`)}
          {evaluation.status === 'RUNNING' && ` ${percent} %`}
        </Text>
        {isUnderWay(evaluation) && (
          <AllowedButton
            takes="AUTOMATION"
            size="compact-sm"
            variant="default"
            loading={cancel.busy}
            onClick={() => void cancel.run({ id })}
          >
            {t('modelPage.evaluate.cancel')}
          </AllowedButton>
        )}
      </Group>
      {isUnderWay(evaluation) && <Progress value={percent} animated aria-label={label} />}
      {evaluation.error !== null && <ProblemAlert problem={{ code: 'EVALUATION_FAILED', message: evaluation.error }} />}
      <ProblemAlert problem={cancel.problem} />
    </Stack>
  );
}
