import { Group, Stack, Table, Text } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastVersionFragment } from '../../api/generated/operations';
import { AllowedButton } from '../../common/AllowedButton';
import { metricValue, time } from '../../common/format';
import { StatusBadge } from '../../common/StatusBadge';
import { useLanguage } from '../../common/useLanguage';

export type Step = 'rollback' | 'nominate';

interface PastVersionRowProps {
  readonly row: PastVersionFragment;
  readonly index: number;
  readonly measure: Ref<HTMLTableRowElement>;
  readonly onStep: (step: Step, version: string) => void;
}

export function PastVersionRow({ row, index, measure, onStep }: PastVersionRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { version, status } = row;
  const step = (name: Step) => (
    <AllowedButton
      takes="OPERATOR"
      size="compact-sm"
      fz="xs"
      px={6}
      variant="default"
      onClick={() => onStep(name, version)}
      aria-label={t(`modelPage.row.${name}`, { version })}
    >
      {t(`modelPage.${name}.action`)}
    </AllowedButton>
  );
  return (
    <Table.Tr ref={measure} data-index={index} aria-rowindex={index + 2} data-version={version}>
      <Table.Th scope="row" fw={600} className="juara-break">
        <Stack gap={4} align="flex-start">
          {version}
          <StatusBadge status={status} />
        </Stack>
      </Table.Th>
      <Table.Td ta="right">{metricValue(row.metric, language)}</Table.Td>
      <Table.Td visibleFrom="sm">{time(row.createdAt, language)}</Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm" lineClamp={3} className="juara-break" title={row.reason ?? undefined}>
          {row.reason}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end">
          {status === 'ARCHIVED' && step('rollback')}
          {(status === 'ARCHIVED' || status === 'REJECTED') && step('nominate')}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
