import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PromotionPreviewDocument } from '../../api/generated/operations';
import { DecisionRules } from '../../common/DecisionRules';
import { ProblemAlert } from '../../common/ProblemAlert';
import { useLiveQuery } from '../../common/useLiveQuery';
import { OutcomeBadge } from './OutcomeBadge';

/** What the policy would decide of a challenger now, and why. */
export function Preview({ model, version }: { readonly model: string; readonly version: string }) {
  const { t } = useTranslation();
  const { data, problem, refresh } = useLiveQuery({ query: PromotionPreviewDocument, variables: { model, version }, model });
  const preview = data?.previewPromotion;
  if (problem !== null) return <ProblemAlert problem={problem} onRetry={refresh} />;
  if (preview === undefined) return <Skeleton h={120} aria-label={t('loading')} role="status" />;
  const { comparison } = preview;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm">{t('modelPage.policyNow')}</Text>
        <OutcomeBadge outcome={preview.outcome} />
      </Group>
      {comparison !== null && (
        <div>
          <Text size="sm" fw={600}>
            {t(`modelPage.verdict.${comparison.verdict}`)}
          </Text>
          <Text size="sm" c="dimmed" className="juara-break">
            {comparison.summary}
          </Text>
        </div>
      )}
      <DecisionRules rules={preview.rules} caption={t('modelPage.rulesCaption', { version })} />
    </Stack>
  );
}
