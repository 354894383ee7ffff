import { Grid, Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ModelPageDocument } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { WaitingApprovals } from './approvals/WaitingApprovals';
import { ChampionCard } from './ChampionCard';
import { Challengers } from './challengers/Challengers';
import { PastVersions } from './history/PastVersions';
import type { ModelContext } from './modelContext';
import { ReignTimeline } from './reigns/ReignTimeline';

/** The charting library is larger than the rest of the page. */
const MetricHistory = lazy(async () => ({ default: (await import('./reigns/MetricHistory')).MetricHistory }));

/** A model: its champion, who challenges it, what has been, and every step from one version to another. */
export function ModelPage({ model: name }: { readonly model: string }) {
  const { t } = useTranslation();
  const { data, problem, refresh } = useLiveQuery({ query: ModelPageDocument, variables: { model: name }, model: name });
  const model = data?.model;
  if (model === null)
    return <EmptyState title={t('modelPage.noModel', { name })} hint={t('modelPage.noModelHint')} command="npx juara list" />;
  if (model === undefined) return problem === null ? <Loading /> : <ProblemAlert problem={problem} onRetry={refresh} />;
  const context: ModelContext = {
    model: name,
    champion: model.champion?.version ?? null,
    weighed: model.policy.weights.map(({ metric }) => metric),
    benchmark: model.policy.benchmark?.name ?? null,
  };
  const metrics = [...new Set(model.champion?.metrics.map((metric) => metric.name) ?? [])];
  const task = model.policy.testTask ?? model.tasks[0]?.name;
  return (
    <Stack>
      <div>
        <Group gap="sm" align="baseline">
          <Title order={1} className="juara-break">
            {name}
          </Title>
          <Text c="dimmed">{t('modelPage.revision', { revision: model.revision })}</Text>
        </Group>
        {model.description !== null && <Text className="juara-break">{model.description}</Text>}
      </div>
      <ProblemAlert problem={problem} onRetry={refresh} />
      <WaitingApprovals model={name} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <ChampionCard context={context} champion={model.champion} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Challengers context={context} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Suspense fallback={<Loading />}>
            {metrics.length > 0 && <MetricHistory model={name} metrics={metrics} preferred={`${task ?? ''}_accuracy`} />}
          </Suspense>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <ReignTimeline model={name} />
        </Grid.Col>
      </Grid>
      <PastVersions context={context} metrics={metrics} />
    </Stack>
  );
}
