import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ComparisonPartsFragment, Verdict as VerdictName } from '../api/generated/operations';
import { number } from '../common/format';
import { StatusBadge } from '../common/StatusBadge';
import { useLanguage } from '../common/useLanguage';
import { Better } from './Better';

const COLOURS: Readonly<Record<VerdictName, string>> = {
  CANDIDATE_BETTER: 'teal',
  BASE_BETTER: 'red',
  INDISTINGUISHABLE: 'gray',
  INSUFFICIENT_EVIDENCE: 'yellow',
};

/** What the comparison comes to, in a sentence and with the composite scores it rests on. */
export function Verdict({ comparison }: { readonly comparison: ComparisonPartsFragment }) {
  const { t } = useTranslation();
  const { base, candidate, verdict, summary, benchmark } = comparison;
  return (
    <Alert color={COLOURS[verdict]} variant="light" role="status" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
      <Stack gap="xs">
        <Title order={2} size="h3" className="juara-break">
          {t(`comparePage.verdict.${verdict}`, { base: base.version, candidate: candidate.version })}
        </Title>
        <Group gap="md">
          {[base, candidate].map(({ version, status }) => (
            <Group key={version} gap={6}>
              <Text fw={600}>{version}</Text>
              <StatusBadge status={status} />
            </Group>
          ))}
          <Text size="sm">
            {benchmark === null
              ? t('comparePage.onReports')
              : t('comparePage.onBenchmark', { benchmark: benchmark.name, count: benchmark.samples })}
          </Text>
        </Group>
        <Composite comparison={comparison} />
        <Text size="sm" lang="en" className="juara-break">
          {summary}
        </Text>
      </Stack>
    </Alert>
  );
}

function Composite({ comparison: { composite } }: { readonly comparison: ComparisonPartsFragment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (composite === null) return <Text size="sm">{t('comparePage.noComposite')}</Text>;
  const { base, candidate, difference, interval, missing } = composite;
  const score = new Intl.NumberFormat(language, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const signed = new Intl.NumberFormat(language, { minimumFractionDigits: 4, maximumFractionDigits: 4, signDisplay: 'exceptZero' });
  const side = difference === 0 ? 'EQUAL' : difference > 0 ? 'CANDIDATE' : 'BASE';
  return (
    <>
      <Group gap="xs">
        <Text size="sm">
          {t(`comparePage.composite.${composite.source}`)}: {score.format(base)} → <b>{score.format(candidate)}</b>
        </Text>
        <Better side={side}>{signed.format(difference)}</Better>
        {interval !== null && (
          <Text size="sm" title={interval.method}>
            {t('comparePage.intervalIs', {
              level: number(interval.level * 100, language),
              low: signed.format(interval.low),
              high: signed.format(interval.high),
            })}
          </Text>
        )}
      </Group>
      {missing.length > 0 && (
        <Text size="sm" className="juara-break">
          {t('comparePage.missing', { metrics: missing.join(', ') })}
        </Text>
      )}
    </>
  );
}
