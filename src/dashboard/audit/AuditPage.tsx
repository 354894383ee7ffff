import { Button, Group, MultiSelect, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AuditDocument, type EventType } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { AuditTable } from './AuditTable';
import { CheckpointCard } from './CheckpointCard';

const PAGE = 50;

/** The whole log, newest first, filtered on the server; the decision behind each promotion; the signed end of the log. */
export function AuditPage() {
  const { t } = useTranslation();
  const [model, setModel] = useState('');
  const [wanted] = useDebouncedValue(model.trim(), 200);
  const [types, setTypes] = useState<string[]>([]);
  const [first, setFirst] = useState(PAGE);
  const filter = { model: wanted === '' ? null : wanted, types: types.length === 0 ? null : (types as EventType[]) };
  const { data, problem, refresh } = useLiveQuery({ query: AuditDocument, variables: { filter, first, before: null } });
  const history = data?.eventHistory;
  const names = t('event', { returnObjects: true }) as Readonly<Record<string, string>>;
  return (
    <Stack>
      <Title order={1}>{t('nav.audit')}</Title>
      <CheckpointCard />
      <Group align="flex-end">
        <TextInput label={t('audit.model')} value={model} onChange={(event) => setModel(event.currentTarget.value)} />
        <MultiSelect
          label={t('audit.types')}
          data={Object.entries(names).map(([value, label]) => ({ value, label }))}
          value={types}
          onChange={setTypes}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          style={{ flex: '1 1 260px' }}
        />
      </Group>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {history === undefined && problem === null && <Loading />}
      {history?.nodes.length === 0 && <EmptyState title={t('audit.empty')} hint={t('audit.emptyHint')} />}
      {history !== undefined && history.nodes.length > 0 && <AuditTable events={history.nodes} />}
      {history?.hasNextPage === true && (
        <Button variant="default" onClick={() => setFirst(Math.min(1000, first + PAGE))} disabled={first >= 1000}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
