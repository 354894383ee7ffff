import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleName, RulePartsFragment } from '../api/generated/operations';
import { NONE, number } from './format';
import { useLanguage } from './useLanguage';

/** How `measured` has to stand to `limit` where the rule holds. */
const RELATIONS: Readonly<Partial<Record<RuleName, string>>> = {
  COMPOSITE_IMPROVES: '≥',
  STATISTICALLY_SIGNIFICANT: '<',
  NO_HARM: '≤',
  ALL_METRICS_HOLD: '≥',
  EVIDENCE_MEASURED: '≥',
  EVIDENCE_COMPLETE: '≥',
};

export function RuleRow({ rule }: { readonly rule: RulePartsFragment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const limit = rule.limit === null ? NONE : `${RELATIONS[rule.rule] ?? ''} ${number(rule.limit, language)}`.trim();
  return (
    <Table.Tr data-rule={rule.rule} data-passed={rule.passed}>
      <Table.Th scope="row" fw={400}>
        <Group gap={8} wrap="nowrap" align="flex-start">
          <Text span fw={700} c={rule.passed ? GOOD : BAD} role="img" aria-label={t(rule.passed ? 'rules.yes' : 'rules.no')}>
            {rule.passed ? '✓' : '✗'}
          </Text>
          <div className="juara-break">
            <Text size="sm" fw={600}>
              {t(`rule.${rule.rule}`)}
              {rule.subject !== null && (
                <Text span inherit fw={400}>
                  {' '}
                  · {rule.subject}
                </Text>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              {rule.detail}
            </Text>
          </div>
        </Group>
      </Table.Th>
      <Table.Td ta="right" valign="top">
        {number(rule.measured, language, 3)}
      </Table.Td>
      <Table.Td ta="right" valign="top" style={{ whiteSpace: 'nowrap' }}>
        {limit}
      </Table.Td>
    </Table.Tr>
  );
}

const GOOD = 'light-dark(var(--mantine-color-teal-9), var(--mantine-color-teal-3))';
const BAD = 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-3))';
