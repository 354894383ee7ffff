import { Button, Collapse, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { NONE } from '../../common/format';
import type { SeriesPoint } from './reignSeries';

/** The chart's numbers for whoever cannot see it, or wants them exactly. */
export function SeriesTable({ series, format }: { readonly series: readonly SeriesPoint[]; readonly format: (value: number) => string }) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={toggle} aria-expanded={opened} style={{ alignSelf: 'flex-start' }}>
        {t(opened ? 'modelPage.chart.hideTable' : 'modelPage.chart.showTable')}
      </Button>
      <Collapse expanded={opened}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('modelPage.past.version')}</Table.Th>
              <Table.Th ta="right">{t('modelPage.metrics.value')}</Table.Th>
              <Table.Th ta="right">{t('modelPage.metrics.interval')}</Table.Th>
              <Table.Th>{t('status.CHAMPION')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {series.map(({ version, value, error, champion }) => (
              <Table.Tr key={version}>
                <Table.Th scope="row" fw={400} className="juara-break">
                  {version}
                </Table.Th>
                <Table.Td ta="right">{format(value)}</Table.Td>
                <Table.Td ta="right">{error === null ? NONE : `${format(value - error[0])} – ${format(value + error[1])}`}</Table.Td>
                <Table.Td className="juara-break">{champion ?? NONE}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Collapse>
    </>
  );
}
