import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PolicyRevisionsDocument } from '../api/generated/operations';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { Section } from '../common/Section';
import { useLiveQuery } from '../common/useLiveQuery';
import { PolicyRevision } from './PolicyRevision';

const PAGE = 10;

/** Every revision of the policy, the newest first, with what it changed. */
export function PolicyRevisions({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(PAGE);
  // One more than is shown: the last one is told by what it changed against the one before.
  const { data, problem, refresh } = useLiveQuery({ query: PolicyRevisionsDocument, variables: { model, first: shown + 1 }, model });
  const revisions = data?.policies.nodes ?? [];
  return (
    <Section title={t('policyPage.revisions')} hint={t('policyPage.revisionsHint')}>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {data === undefined && problem === null && <Loading />}
      <Stack component="ol" gap="md" m={0} pl={0} style={{ listStyle: 'none' }}>
        {revisions.slice(0, shown).map((policy, i) => (
          <PolicyRevision key={policy.revision} policy={policy} before={revisions[i + 1] ?? null} />
        ))}
      </Stack>
      {revisions.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + PAGE)}>
          {t('more')}
        </Button>
      )}
    </Section>
  );
}
