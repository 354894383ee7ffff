import { Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { RulePartsFragment } from '../api/generated/operations';
import { RuleRow } from './RuleRow';

/** Each rule with what was measured against which limit: those that fail first, the others when asked for. */
export function DecisionRules({ rules, caption }: { readonly rules: readonly RulePartsFragment[]; readonly caption: string }) {
  const { t } = useTranslation();
  const failed = rules.filter(({ passed }) => !passed);
  const held = rules.filter(({ passed }) => passed);
  const [opened, { toggle }] = useDisclosure(false);
  const all = opened || failed.length === 0;
  const shown = all ? [...failed, ...held] : failed;
  return (
    <>
      <Table verticalSpacing={6} horizontalSpacing="xs" layout="fixed">
        <VisuallyHidden component="caption">{caption}</VisuallyHidden>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('rules.rule')}</Table.Th>
            <Table.Th ta="right" w={84}>
              {t('rules.measured')}
            </Table.Th>
            <Table.Th ta="right" w={76}>
              {t('rules.limit')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((rule) => (
            <RuleRow key={`${rule.rule} ${rule.subject ?? ''}`} rule={rule} />
          ))}
        </Table.Tbody>
      </Table>
      {failed.length > 0 && held.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={toggle} aria-expanded={opened} style={{ alignSelf: 'flex-start' }}>
          {opened ? t('rules.fewer') : t('rules.held', { count: held.length })}
        </Button>
      )}
      {rules.length === 0 && <Text c="dimmed">{t('rules.none')}</Text>}
    </>
  );
}
