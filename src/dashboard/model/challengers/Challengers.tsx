import { Button, Stack, Title } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChallengersDocument } from '../../api/generated/operations';
import { EmptyState } from '../../common/EmptyState';
import { Loading } from '../../common/Loading';
import { ProblemAlert } from '../../common/ProblemAlert';
import { useLiveQuery } from '../../common/useLiveQuery';
import type { ModelContext } from '../modelContext';
import { ChallengerCard } from './ChallengerCard';

/** Each of them costs the server a comparison. */
const PAGE = 4;

export function Challengers({ context }: { readonly context: ModelContext }) {
  const { t } = useTranslation();
  const id = useId();
  const { model } = context;
  const [first, setFirst] = useState(PAGE);
  const { data, problem, refresh } = useLiveQuery({ query: ChallengersDocument, variables: { model, first }, model });
  const found = data?.versions;
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={2} size="h3" id={id}>
        {t('modelPage.challengers.title')}
        {found !== undefined && found.totalCount > 0 && ` (${found.totalCount})`}
      </Title>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {found === undefined && problem === null && <Loading />}
      {found?.nodes.length === 0 && (
        <EmptyState
          title={t('modelPage.challengers.none')}
          hint={t('modelPage.challengers.noneHint')}
          command={`npx juara register ${model} --file best_model.onnx`}
        />
      )}
      {found?.nodes.map((challenger) => (
        <ChallengerCard key={challenger.id} context={context} challenger={challenger} />
      ))}
      {found?.pageInfo.hasNextPage === true && (
        <Button variant="default" onClick={() => setFirst(first + PAGE)}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
