import { Grid, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PolicyChangesInput, PolicyPageDocument } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { PolicyEditor } from './PolicyEditor';
import { PolicyPreview } from './PolicyPreview';
import { PolicyRevisions } from './PolicyRevisions';

/** What a challenger has to fulfil: to be changed, tried out, and followed through its revisions. */
export function PolicyPage({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const { data, problem, refresh } = useLiveQuery({ query: PolicyPageDocument, variables: { model }, model });
  const [changes, setChanges] = useState<PolicyChangesInput | null>(null);
  return (
    <Stack>
      <Title order={1} className="juara-break">
        {t('policyPage.title', { model })}
      </Title>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {data === undefined && problem === null && <Loading />}
      {data?.model === null && <EmptyState title={t('policyPage.noModel')} hint={t('policyPage.noModelHint')} command="npx juara list" />}
      {data?.model != null && (
        <Grid>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <PolicyEditor model={data.model} onChanges={setChanges} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Stack>
              <PolicyPreview model={data.model} changes={changes} />
              <PolicyRevisions model={model} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Stack>
  );
}
