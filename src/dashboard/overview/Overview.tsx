import { Button, Grid, Group, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OverviewDocument } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { EventStream } from './EventStream';
import { ModelCard } from './ModelCard';

const PAGE = 24;
/** More of them than this want a search field. */
const FEW = 6;

/** Every model with its champion and what waits, and the log as it grows. */
export function Overview() {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const [first, setFirst] = useState(PAGE);
  const { data, problem, refresh } = useLiveQuery({
    query: OverviewDocument,
    variables: { first, after: null, search: wanted === '' ? null : wanted },
  });
  const models = data?.models;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{t('nav.overview')}</Title>
        {(models?.totalCount ?? 0) > FEW || wanted !== '' ? (
          <TextInput
            aria-label={t('overview.search')}
            placeholder={t('overview.search')}
            value={search}
            onChange={(e) => setSearch(e.currentTarget.value)}
          />
        ) : null}
      </Group>
      <ProblemAlert problem={problem} onRetry={refresh} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {models === undefined && problem === null && <Loading />}
          {models?.nodes.length === 0 && (
            <EmptyState title={t('overview.empty')} hint={t('overview.emptyHint')} command="npx juara model create my-model" />
          )}
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {models?.nodes.map((model) => (
              <ModelCard key={model.id} model={model} />
            ))}
          </SimpleGrid>
          {models?.pageInfo.hasNextPage === true && (
            <Button variant="default" mt="md" onClick={() => setFirst(first + PAGE)}>
              {t('more')}
            </Button>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <EventStream />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
