import { Button, Group, NumberInput, Select } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { BenchmarkChoicesDocument, PredictBothDocument, type PredictBothQuery } from '../api/generated/operations';
import { type Problem, problemOf } from '../api/problem';
import { EmptyState } from '../common/EmptyState';
import { ProblemAlert } from '../common/ProblemAlert';
import { Section } from '../common/Section';
import { useLiveQuery } from '../common/useLiveQuery';
import type { Pair } from './chosenPair';
import { PredictionPair } from './PredictionPair';

/** Benchmarks that can be chosen from. */
const OFFERED = 100;

/** Asks both versions about one sample of a benchmark. */
export function SampleRun({ model, pair }: { readonly model: string; readonly pair: Pair }) {
  const { t } = useTranslation();
  const client = useClient();
  const { data } = useLiveQuery({ query: BenchmarkChoicesDocument, variables: { first: OFFERED } });
  const [chosen, setChosen] = useState<string | null>(null);
  const [index, setIndex] = useState<number | string>(0);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [answer, setAnswer] = useState<PredictBothQuery | null>(null);
  const benchmarks = data?.benchmarks.nodes ?? [];
  const benchmark = benchmarks.find(({ name }) => name === chosen) ?? benchmarks[0];
  const run = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (benchmark === undefined || typeof index !== 'number') return;
    setRunning(true);
    const of = (version: string) => ({ model, version, sample: { benchmark: benchmark.name, index } });
    const variables = { base: of(pair.base), candidate: of(pair.candidate) };
    const result = await client.query(PredictBothDocument, variables, { requestPolicy: 'network-only' }).toPromise();
    setRunning(false);
    setProblem(result.error === undefined ? null : problemOf(result.error));
    setAnswer(result.data ?? null);
  };
  return (
    <Section title={t('comparePage.sample')} hint={t('comparePage.sampleHint')}>
      {data !== undefined && benchmarks.length === 0 && (
        <EmptyState
          title={t('comparePage.noBenchmark')}
          hint={t('comparePage.noBenchmarkHint')}
          command="npx juara benchmark register my-benchmark test.npz"
        />
      )}
      {benchmark !== undefined && (
        <form onSubmit={(event) => void run(event)}>
          <Group align="end">
            <Select
              label={t('comparePage.benchmark')}
              data={benchmarks.map(({ name }) => name)}
              value={benchmark.name}
              onChange={setChosen}
              allowDeselect={false}
              w={{ base: '100%', xs: 260 }}
            />
            <NumberInput
              label={t('comparePage.index', { last: benchmark.samples - 1 })}
              value={index}
              onChange={setIndex}
              min={0}
              max={benchmark.samples - 1}
              allowDecimal={false}
              stepHoldDelay={400}
              stepHoldInterval={100}
              w={{ base: '100%', xs: 180 }}
            />
            <Button type="submit" loading={running} disabled={typeof index !== 'number'}>
              {t('comparePage.run')}
            </Button>
          </Group>
        </form>
      )}
      <ProblemAlert problem={problem} />
      {answer !== null && problem === null && <PredictionPair answer={answer} />}
    </Section>
  );
}
