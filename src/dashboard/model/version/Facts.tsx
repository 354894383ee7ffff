import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** Names and values, one a line. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Table verticalSpacing={6} horizontalSpacing="xs" withRowBorders={false} layout="fixed">
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400} w="42%" c="dimmed" className="juara-break">
              {name}
            </Table.Th>
            <Table.Td className="juara-break">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
