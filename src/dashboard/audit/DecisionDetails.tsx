import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AuditDecisionDocument } from '../api/generated/operations';
import { problemOf } from '../api/problem';
import { DecisionRules } from '../common/DecisionRules';
import { time } from '../common/format';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLanguage } from '../common/useLanguage';

const COLOURS = { PROMOTE: 'teal', HOLD: 'yellow', REFUSE: 'red' } as const;

/** A stored decision: what was asked, by whom, and each rule with what was measured and what the limit was. */
export function DecisionDetails({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [{ data, error }] = useQuery({ query: AuditDecisionDocument, variables: { id } });
  const decision = data?.decision;
  if (error !== undefined) return <ProblemAlert problem={problemOf(error)} />;
  if (decision == null) return <Loading />;
  return (
    <Stack gap="sm">
      <Badge color={COLOURS[decision.outcome]} variant="light" autoContrast>
        {t(`outcome.${decision.outcome}`)}
      </Badge>
      <Text>{decision.summary}</Text>
      <Text size="sm" c="dimmed">
        {t('audit.asked', { who: decision.requestedBy, at: time(decision.at, language), revision: decision.policy.revision })}
      </Text>
      {decision.reason !== null && <Text size="sm">{t('audit.reason', { reason: decision.reason })}</Text>}
      {decision.overriddenBy !== null && (
        <Text size="sm">{t('audit.overridden', { who: decision.overriddenBy, reason: decision.overrideReason ?? '' })}</Text>
      )}
      <DecisionRules rules={decision.rules} caption={t('rules.title')} />
    </Stack>
  );
}
