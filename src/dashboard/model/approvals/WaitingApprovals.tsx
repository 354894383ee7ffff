import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PendingDecisionsDocument } from '../../api/generated/operations';
import { ProblemAlert } from '../../common/ProblemAlert';
import { Section } from '../../common/Section';
import { useLiveQuery } from '../../common/useLiveQuery';
import { WaitingApproval } from './WaitingApproval';

/** Promotions that wait for somebody's word; nothing where none does. */
export function WaitingApprovals({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const { data, problem, refresh } = useLiveQuery({ query: PendingDecisionsDocument, variables: { model }, model });
  if (problem !== null) return <ProblemAlert problem={problem} onRetry={refresh} />;
  const waiting = data?.decisions.nodes.filter(({ awaitingApproval }) => awaitingApproval) ?? [];
  if (waiting.length === 0) return null;
  return (
    <Section title={t('modelPage.approvals.title')} hint={t('modelPage.approvals.hint')}>
      <Stack>
        {waiting.map((decision) => (
          <WaitingApproval key={decision.id} decision={decision} />
        ))}
      </Stack>
    </Section>
  );
}
