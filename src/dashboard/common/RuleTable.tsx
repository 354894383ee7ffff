import { ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditDecisionQuery } from '../api/generated/operations';
import { number } from './format';
import { useLanguage } from './useLanguage';

type Rule = NonNullable<AuditDecisionQuery['decision']>['rules'][number];

/** Each rule of a decision: whether it is fulfilled (by a word and a sign), what was measured, what the limit is, and why. */
export function RuleTable({ rules }: { readonly rules: readonly Rule[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('rules.title') }}>
      <Table miw={520}>
        <Table.Thead>
          <Table.Tr>
            {(['passed', 'rule', 'measured', 'limit'] as const).map((column) => (
              <Table.Th key={column} scope="col">
                {t(`rules.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={`${rule.rule} ${rule.subject}`}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <span aria-hidden="true">{rule.passed ? '✓' : '✗'}</span> {t(rule.passed ? 'rules.yes' : 'rules.no')}
              </Table.Td>
              <Table.Th scope="row" fw={500}>
                {t(`rule.${rule.rule}`)}
                <Text size="xs" c="dimmed" className="juara-break">
                  {rule.detail}
                </Text>
              </Table.Th>
              <Table.Td>{number(rule.measured, language)}</Table.Td>
              <Table.Td>{number(rule.limit, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
