import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionStatus } from '../../api/generated/operations';
import { EmptyState } from '../../common/EmptyState';
import { Loading } from '../../common/Loading';
import { ProblemAlert } from '../../common/ProblemAlert';
import { Section } from '../../common/Section';
import { NominateForm } from '../actions/NominateForm';
import { RollbackForm } from '../actions/RollbackForm';
import { useDialogue } from '../actions/useDialogue';
import type { ModelContext } from '../modelContext';
import type { Step } from './PastVersionRow';
import { PastVersionsTable } from './PastVersionsTable';
import type { Order } from './SortHeader';
import { usePastVersions } from './usePastVersions';

const SHOWN = { past: ['ARCHIVED', 'REJECTED'], archived: ['ARCHIVED'], rejected: ['REJECTED'], all: null } as const satisfies Record<
  string,
  readonly VersionStatus[] | null
>;
type Shown = keyof typeof SHOWN;

/** Every version that is not in use: the server sorts, filters and pages; each is one rollback or nomination away. */
export function PastVersions({ context, metrics }: { readonly context: ModelContext; readonly metrics: readonly string[] }) {
  const { t } = useTranslation();
  const { model, weighed } = context;
  const [shown, setShown] = useState<Shown>('past');
  const [text, setText] = useState('');
  const [wantedText] = useDebouncedValue(text.trim(), 250);
  const [order, setOrder] = useState<Order>({ field: 'VERSION', direction: 'DESC' });
  const [chosen, setChosen] = useState<string | null>(null);
  const open = useDialogue();
  const metric = chosen ?? metrics.find((name) => weighed.includes(name)) ?? metrics[0] ?? null;
  const wanted = useMemo(
    () => ({
      model,
      metric: metric ?? '',
      filter: { status: SHOWN[shown], text: wantedText === '' ? null : wantedText },
      orderBy: { ...order, metric: order.field === 'METRIC' ? metric : null },
    }),
    [model, metric, shown, wantedText, order],
  );
  const versions = usePastVersions(wanted);
  const { rows, total, loading, problem, outdated, reload } = versions;
  const ask = (step: Step, version: string): void =>
    open({
      title: t(`modelPage.${step}.title`, { model, version }),
      wide: step === 'rollback',
      children: (close) =>
        step === 'rollback' ? (
          <RollbackForm {...context} target={version} onDone={close} />
        ) : (
          <NominateForm model={model} version={version} onDone={close} />
        ),
    });
  return (
    <Section title={t('modelPage.past.title')} hint={t('modelPage.past.hint')}>
      <Group align="flex-end" gap="sm">
        <TextInput label={t('modelPage.past.search')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Select
          label={t('modelPage.past.status')}
          data={Object.keys(SHOWN).map((value) => ({ value, label: t(`modelPage.past.shown.${value}`) }))}
          value={shown}
          onChange={(value) => setShown((value ?? 'past') as Shown)}
          allowDeselect={false}
        />
        {metric !== null && (
          <Select
            label={t('modelPage.metrics.metric')}
            data={metrics}
            value={metric}
            onChange={setChosen}
            allowDeselect={false}
            searchable
          />
        )}
        <Text size="sm" c="dimmed" role="status" pb={8}>
          {total !== null && t('modelPage.past.count', { count: total })}
        </Text>
      </Group>
      <ProblemAlert problem={problem} onRetry={reload} />
      {outdated && (
        <Group gap="xs" role="status">
          <Text size="sm">{t('modelPage.past.outdated')}</Text>
          <Button size="compact-sm" variant="default" onClick={reload}>
            {t('modelPage.past.reload')}
          </Button>
        </Group>
      )}
      {loading && total === null && <Loading />}
      {total === 0 && (
        <EmptyState title={t('modelPage.past.none')} hint={t('modelPage.past.noneHint')} command={`npx juara list ${model}`} />
      )}
      {rows.length > 0 && <PastVersionsTable versions={versions} metric={metric} order={order} onOrder={setOrder} onStep={ask} />}
    </Section>
  );
}
