import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DecisionOutcome } from '../../api/generated/operations';

const COLOURS: Readonly<Record<DecisionOutcome, string>> = { PROMOTE: 'teal', HOLD: 'yellow', REFUSE: 'red' };

/** What the policy says, in words as well as in colour. */
export function OutcomeBadge({ outcome }: { readonly outcome: DecisionOutcome }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLOURS[outcome]} variant="dot" data-outcome={outcome}>
      {t(`outcome.${outcome}`)}
    </Badge>
  );
}
