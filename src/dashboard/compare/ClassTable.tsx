import { Table, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Difference } from '../common/Difference';
import { metricValue } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import type { Pair } from './chosenPair';
import type { ClassRow } from './classRows';

interface ClassTableProps {
  readonly title: string;
  readonly rows: readonly ClassRow[];
  readonly pair: Pair;
  /** For screen readers only, beside the chart that says the same. */
  readonly hidden: boolean;
}

export function ClassTable({ title, rows, pair, hidden }: ClassTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const table = (
    <Table aria-label={title} striped>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('comparePage.class')}</Table.Th>
          <Table.Th scope="col" ta="right">
            {pair.base}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {pair.candidate}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {t('comparePage.difference')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.class}>
            <Table.Th scope="row" fw={400} className="juara-break">
              {row.class}
            </Table.Th>
            <Table.Td ta="right">{metricValue(row.base, language)}</Table.Td>
            <Table.Td ta="right">{metricValue(row.candidate, language)}</Table.Td>
            <Table.Td ta="right">
              <Difference base={row.base} candidate={row.candidate} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  return hidden ? <VisuallyHidden>{table}</VisuallyHidden> : table;
}
