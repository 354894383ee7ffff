import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PolicyPartsFragment } from '../api/generated/operations';
import { NONE, number, time } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import { type PolicyDifference, policyDifferences } from './policyDifferences';

interface PolicyRevisionProps {
  readonly policy: PolicyPartsFragment;
  /** Null: it is the first. */
  readonly before: PolicyPartsFragment | null;
}

/** One revision: who, when, and each rule that it changed. */
export function PolicyRevision({ policy, before }: PolicyRevisionProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const differences = before === null ? [] : policyDifferences(before, policy);
  const shown = (value: PolicyDifference['before']): string => {
    if (value === null) return NONE;
    if (typeof value === 'boolean') return t(value ? 'policyPage.on' : 'policyPage.off');
    return typeof value === 'number' ? number(value, language) : value;
  };
  return (
    <li>
      <Text fw={600}>{t('policyPage.revision', { revision: policy.revision })}</Text>
      <Text size="sm" c="dimmed">
        {time(policy.at, language)} · {policy.actor}
      </Text>
      {differences.length === 0 ? (
        <Text size="sm">{t(before === null ? 'policyPage.firstRevision' : 'policyPage.nothingChanged')}</Text>
      ) : (
        <List size="sm" spacing={2} mt={4}>
          {differences.map((one) => (
            <List.Item key={`${one.field} ${one.metric}`} className="juara-break">
              {t(`policyPage.field.${one.field}`)}
              {one.metric !== null && ` ${one.metric}`}: {shown(one.before)} → <b>{shown(one.after)}</b>
            </List.Item>
          ))}
        </List>
      )}
    </li>
  );
}
