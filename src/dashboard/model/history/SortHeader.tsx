import { Table, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderDirection, VersionOrderField } from '../../api/generated/operations';

export interface Order {
  readonly field: VersionOrderField;
  readonly direction: OrderDirection;
}

interface SortHeaderProps {
  readonly field: VersionOrderField;
  readonly label: string;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly right?: boolean;
  /** Only where there is room for it. */
  readonly wide?: boolean;
}

/** The heading of a column that the server sorts by; once more turns the order round. */
export function SortHeader({ field, label, order, onOrder, right = false, wide = false }: SortHeaderProps) {
  const { t } = useTranslation();
  const sorted = order.field === field;
  const ascending = order.direction === 'ASC';
  const ariaSort = !sorted ? 'none' : ascending ? 'ascending' : 'descending';
  const sign = !sorted ? '↕' : ascending ? '↑' : '↓';
  return (
    <Table.Th aria-sort={ariaSort} visibleFrom={wide ? 'sm' : undefined} ta={right ? 'right' : 'left'}>
      <UnstyledButton
        fz="inherit"
        fw="inherit"
        className="juara-break"
        ta="inherit"
        title={t('modelPage.past.sort', { column: label })}
        onClick={() => onOrder({ field, direction: sorted && !ascending ? 'ASC' : 'DESC' })}
      >
        {label} <span aria-hidden="true">{sign}</span>
      </UnstyledButton>
    </Table.Th>
  );
}
