import { Table } from '@mantine/core';
import type { ChampionChangeQuery } from '../../api/generated/operations';
import { Difference } from '../../common/Difference';
import { metricValue } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';

type Row = ChampionChangeQuery['compareVersions']['metrics'][number];

export function DifferenceRow({ metric }: { readonly metric: Row }) {
  const language = useLanguage();
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} className="juara-break">
        {metric.name}
      </Table.Th>
      <Table.Td ta="right">{metricValue(metric.base, language)}</Table.Td>
      <Table.Td ta="right">{metricValue(metric.candidate, language)}</Table.Td>
      <Table.Td ta="right">
        <Difference base={metric.base} candidate={metric.candidate} />
      </Table.Td>
    </Table.Tr>
  );
}
