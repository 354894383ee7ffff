import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BenchmarkNamesDocument, EvaluateDocument } from '../../api/generated/operations';
import { problemOf } from '../../api/problem';
import { EmptyState } from '../../common/EmptyState';
import { Loading } from '../../common/Loading';
import { ProblemAlert } from '../../common/ProblemAlert';
import { useAction } from '../../common/useAction';

interface EvaluateFormProps {
  readonly model: string;
  readonly version: string;
  /** The policy's benchmark, chosen first; null: the policy names none. */
  readonly preferred: string | null;
  readonly onDone: (evaluation: string | null) => void;
}

/** Benchmarks to choose from; a registry has few of them. */
const FIRST = 200;

/** Which benchmark to measure the version on. */
export function EvaluateForm({ model, version, preferred, onDone }: EvaluateFormProps) {
  const { t } = useTranslation();
  const [{ data, error }] = useQuery({ query: BenchmarkNamesDocument, variables: { first: FIRST } });
  const [chosen, setChosen] = useState<string | null>(preferred);
  const evaluate = useAction(EvaluateDocument);
  const names = data?.benchmarks.nodes.map(({ name }) => name) ?? [];
  const benchmark = chosen ?? names[0] ?? null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (benchmark === null) return;
    const started = await evaluate.run({ input: { model, version, benchmark } });
    if (started !== null) onDone(started.evaluate.id);
  };
  if (error !== undefined) return <ProblemAlert problem={problemOf(error)} />;
  if (data === undefined) return <Loading />;
  if (names.length === 0) {
    return (
      <EmptyState
        title={t('modelPage.evaluate.noBenchmark')}
        hint={t('modelPage.evaluate.noBenchmarkHint')}
        command="npx juara benchmark register --help"
      />
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Select
          label={t('modelPage.evaluate.benchmark')}
          data={names}
          value={benchmark}
          onChange={setChosen}
          allowDeselect={false}
          data-autofocus
        />
        <Text size="sm" c="dimmed">
          {t('modelPage.evaluate.hint')}
        </Text>
        <ProblemAlert problem={evaluate.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onDone(null)}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={evaluate.busy}>
            {t('modelPage.evaluate.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
