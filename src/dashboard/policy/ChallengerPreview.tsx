import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type DecisionOutcome, type PolicyChangesInput, PreviewPolicyDocument } from '../api/generated/operations';
import { DecisionRules } from '../common/DecisionRules';
import { Loading } from '../common/Loading';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLiveQuery } from '../common/useLiveQuery';

const LOOKS: Readonly<Record<DecisionOutcome, { readonly colour: string; readonly sign: string }>> = {
  PROMOTE: { colour: 'teal', sign: '✓' },
  HOLD: { colour: 'yellow', sign: '…' },
  REFUSE: { colour: 'red', sign: '✗' },
};

interface ChallengerPreviewProps {
  readonly model: string;
  readonly version: string;
  /** Null: the policy as it is saved. */
  readonly changes: PolicyChangesInput | null;
}

/** What a policy decides for one challenger, with the rules that speak against it first. */
export function ChallengerPreview({ model, version, changes }: ChallengerPreviewProps) {
  const { t } = useTranslation();
  const { data, problem, refresh } = useLiveQuery({ query: PreviewPolicyDocument, variables: { model, version, policy: changes }, model });
  const decision = data?.previewPromotion;
  const failed = decision?.rules.filter((rule) => !rule.passed) ?? [];
  return (
    <Paper withBorder p="sm" component="article" aria-label={version}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5">
            <Anchor component={Link} href={`/models/${encodeURIComponent(model)}`} inherit>
              {version}
            </Anchor>
          </Title>
          {decision !== undefined && (
            <Badge color={LOOKS[decision.outcome].colour} variant="light" autoContrast>
              <span aria-hidden="true">{LOOKS[decision.outcome].sign} </span>
              {t(`outcome.${decision.outcome}`)}
            </Badge>
          )}
        </Group>
        <ProblemAlert problem={problem} onRetry={refresh} />
        {decision === undefined && problem === null && <Loading />}
        {decision !== undefined && (
          <>
            <Text size="sm">
              {t('policyPage.fulfilled', { passed: decision.rules.length - failed.length, all: decision.rules.length })}
            </Text>
            <DecisionRules rules={decision.rules} caption={t('rules.title')} />
          </>
        )}
      </Stack>
    </Paper>
  );
}
