import { Box, Table } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PastVersionRow, type Step } from './PastVersionRow';
import { type Order, SortHeader } from './SortHeader';
import type { PastVersions } from './usePastVersions';

interface PastVersionsTableProps {
  readonly versions: PastVersions;
  readonly metric: string | null;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly onStep: (step: Step, version: string) => void;
}

/** Height of most rows, and how many rows before its end the list asks for its next page. */
const ROW_PX = 76;
const AHEAD = 20;

/** Only the rows in view are in the page, however long the list is; it grows as the reader gets to its end. */
export function PastVersionsTable({ versions, metric, order, onOrder, onStep }: PastVersionsTableProps) {
  const { t } = useTranslation();
  const { rows, total, more } = versions;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 8 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) more();
  }, [last, rows.length, more]);
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const header = { order, onOrder };
  return (
    <Box
      ref={box}
      mah={560}
      tabIndex={0}
      role="region"
      aria-label={t('modelPage.past.table')}
      style={{ overflow: 'auto', overflowAnchor: 'none' }}
    >
      <Table stickyHeader layout="fixed" verticalSpacing="xs" horizontalSpacing={6} aria-rowcount={(total ?? rows.length) + 1}>
        <Table.Thead>
          <Table.Tr aria-rowindex={1}>
            <SortHeader field="VERSION" label={t('modelPage.past.version')} {...header} />
            {metric === null ? (
              <Table.Th>{t('modelPage.metrics.metric')}</Table.Th>
            ) : (
              <SortHeader field="METRIC" label={metric} right {...header} />
            )}
            <SortHeader field="CREATED_AT" label={t('modelPage.past.registered')} wide {...header} />
            <Table.Th visibleFrom="md" w="32%">
              {t('reason')}
            </Table.Th>
            <Table.Th ta="right" w={{ base: 108, lg: 210 }}>
              {t('modelPage.past.actions')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={above} />
          {items.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <PastVersionRow key={row.id} row={row} index={index} measure={virtual.measureElement} onStep={onStep} />
            );
          })}
          <Spacer height={below} />
        </Table.Tbody>
      </Table>
    </Box>
  );
}

/** Stands for the rows that are out of view. */
function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : <tr style={{ height }} />;
}
