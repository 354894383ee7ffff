import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CompareDocument, type ComparisonPartsFragment } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { Calibration } from './Calibration';
import { ClassBars } from './ClassBars';
import { ConfusionMatrices } from './ConfusionMatrices';
import type { Pair } from './chosenPair';
import { confusionOf } from './confusionOf';
import { MetricsSection } from './MetricsSection';
import type { TaskNames } from './metricParts';
import { PairedTests } from './PairedTests';
import { SampleRun } from './SampleRun';
import { Verdict } from './Verdict';

interface VersionComparisonProps {
  readonly model: { readonly name: string; readonly tasks: readonly TaskNames[] };
  readonly pair: Pair;
}

/** What the registry knows of the difference between two versions, the answer first. */
export function VersionComparison({ model, pair }: VersionComparisonProps) {
  const { t } = useTranslation();
  const { data, problem, refresh } = useLiveQuery({ query: CompareDocument, variables: { model: model.name, ...pair }, model: model.name });
  const comparison = data?.compareVersions;
  return (
    <Stack>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {comparison === undefined && problem === null && <Loading />}
      {comparison !== undefined && (
        <>
          <Verdict comparison={comparison} />
          {comparison.tests.length === 0 && (
            <EmptyState
              title={t('comparePage.notMeasured')}
              hint={t('comparePage.notMeasuredHint')}
              command={evaluationsOf(model.name, comparison)}
            />
          )}
          <PairedTests comparison={comparison} />
          <MetricsSection metrics={comparison.metrics} tasks={model.tasks} pair={pair} />
          <ConfusionMatrices comparison={comparison} />
          <ClassBars metrics={comparison.metrics} tasks={model.tasks} pair={pair} />
          <Calibration metrics={comparison.metrics} tasks={model.tasks} pair={pair} />
        </>
      )}
      <SampleRun model={model.name} pair={pair} />
    </Stack>
  );
}

/** The commands that measure whichever side is not. Where the policy names no benchmark, the reader has to. */
function evaluationsOf(model: string, { base, candidate, benchmark }: ComparisonPartsFragment): string {
  const missing = [base, candidate].filter((version) => benchmark === null || confusionOf(version, benchmark.name).length === 0);
  const on = benchmark === null ? ' --benchmark my-benchmark' : ` --benchmark ${benchmark.name}`;
  return missing.map(({ version }) => `npx juara evaluate ${model} ${version}${on}`).join(' && ');
}
