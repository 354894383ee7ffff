import { Button, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CompareChoicesDocument } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';
import { chosenPair, type Pair } from './chosenPair';
import { VersionComparison } from './VersionComparison';
import { VersionSelect } from './VersionSelect';

interface ComparePageProps {
  readonly model: string;
  /** As the address says; undefined: it does not. */
  readonly base: string | undefined;
  readonly candidate: string | undefined;
}

/** Any two versions of a model side by side. Which ones stands in the address, so that a comparison can be handed on as a link. */
export function ComparePage({ model, base, candidate }: ComparePageProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { data, problem, refresh } = useLiveQuery({ query: CompareChoicesDocument, variables: { model }, model });
  const pair = data?.model == null ? null : chosenPair(data.model, base, candidate);
  const choose = (chosen: Pair): void =>
    go(`/models/${[model, 'compare', chosen.base, chosen.candidate].map(encodeURIComponent).join('/')}`);
  return (
    <Stack>
      <Title order={1} className="juara-break">
        {t('comparePage.title', { model })}
      </Title>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {data === undefined && problem === null && <Loading />}
      {data?.model === null && <EmptyState title={t('comparePage.noModel')} hint={t('comparePage.noModelHint')} command="npx juara list" />}
      {data?.model != null && pair === null && (
        <EmptyState
          title={t('comparePage.tooFew')}
          hint={t('comparePage.tooFewHint')}
          command={`npx juara register ${model} --file best_model.onnx`}
        />
      )}
      {data?.model != null && pair !== null && (
        <>
          <Group align="end">
            <VersionSelect model={model} label={t('comparePage.base')} value={pair.base} onChange={(v) => choose({ ...pair, base: v })} />
            <VersionSelect
              model={model}
              label={t('comparePage.candidate')}
              value={pair.candidate}
              onChange={(v) => choose({ ...pair, candidate: v })}
            />
            <Button variant="default" onClick={() => choose({ base: pair.candidate, candidate: pair.base })}>
              <span aria-hidden="true">⇄&nbsp;</span>
              {t('comparePage.swap')}
            </Button>
          </Group>
          <VersionComparison key={`${pair.base} ${pair.candidate}`} model={data.model} pair={pair} />
        </>
      )}
    </Stack>
  );
}
