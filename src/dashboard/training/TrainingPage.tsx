import { Button, Chip, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TrainingDocument, type TrainingEventStatus } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { AddEvent } from './AddEvent';
import { EventTable } from './EventTable';
import { Readiness } from './Readiness';

const PAGE = 50;
const STATUSES: readonly TrainingEventStatus[] = ['PENDING', 'VALIDATED', 'RESERVED', 'CONSUMED', 'DISCARDED'];

/** The events that the next training will learn from: how many there are, how many it takes, and what is to be done about them. */
export function TrainingPage({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<TrainingEventStatus[]>(['PENDING', 'VALIDATED', 'RESERVED']);
  const [first, setFirst] = useState(PAGE);
  const { data, problem, refresh } = useLiveQuery({
    query: TrainingDocument,
    variables: { model, status: status.length === 0 ? null : status, first, after: null },
    model,
  });
  const pool = data?.trainingEvents;
  return (
    <Stack>
      <Title order={1} className="juara-break">
        {t('training.title', { model })}
      </Title>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {data === undefined && problem === null && <Loading />}
      {data?.model != null && <Readiness readiness={data.model.trainingReadiness} />}
      {data?.model != null && <AddEvent model={data.model} />}
      <Chip.Group multiple value={status} onChange={(chosen) => setStatus(chosen as TrainingEventStatus[])}>
        <Group gap="xs" role="group" aria-label={t('training.filter')}>
          {STATUSES.map((one) => (
            <Chip key={one} value={one} size="xs">
              {t(`training.status.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {pool !== undefined && pool.nodes.length === 0 && (
        <EmptyState
          title={t('training.empty')}
          hint={t('training.emptyHint')}
          command={`npx juara training add ${model} --station GTO --date 2026-02-10`}
        />
      )}
      {pool !== undefined && pool.nodes.length > 0 && <EventTable model={model} events={pool.nodes} total={pool.totalCount} />}
      {pool?.pageInfo.hasNextPage === true && (
        <Button variant="default" onClick={() => setFirst(first + PAGE)}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
