import { Button, Code, ScrollArea, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import type { AuditLineFragment } from '../api/generated/operations';
import { changeOf } from '../common/EventLine';
import { NONE, time } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import { DecisionDetails } from './DecisionDetails';

const COLUMNS = ['seq', 'at', 'type', 'model', 'change', 'actor', 'hash', 'details'] as const;

export function AuditTable({ events }: { readonly events: readonly AuditLineFragment[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('audit.log') }}>
      <Table miw={900} striped>
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map((column) => (
              <Table.Th key={column} scope="col">
                {t(`audit.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event) => (
            <Table.Tr key={event.seq} data-seq={event.seq}>
              <Table.Th scope="row">{event.seq}</Table.Th>
              <Table.Td>{time(event.at, language)}</Table.Td>
              <Table.Td>{t(`event.${event.type}`, { defaultValue: event.type })}</Table.Td>
              <Table.Td className="juara-break">{event.model ?? NONE}</Table.Td>
              <Table.Td>{changeOf(event) || NONE}</Table.Td>
              <Table.Td>{event.actor}</Table.Td>
              <Table.Td>
                <Text ff="monospace" size="xs" title={event.hash}>
                  {event.hash.slice(0, 12)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Details event={event} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

/** The decision behind a promotion or refusal; of other events, what the log keeps of them. */
function Details({ event }: { readonly event: AuditLineFragment }) {
  const { t } = useTranslation();
  const decision = decisionOf(event);
  const name = t(decision === null ? 'audit.details' : 'audit.decision');
  const open = (): void => {
    modals.open({
      title: t('audit.detailsOf', { seq: event.seq }),
      size: 'lg',
      closeButtonProps: { 'aria-label': t('close') },
      children: decision === null ? <Particulars event={event} /> : <DecisionDetails id={decision} />,
    });
  };
  return (
    <Button size="compact-xs" variant="default" onClick={open} aria-label={`${name} ${event.seq}`}>
      {name}
    </Button>
  );
}

function decisionOf(event: AuditLineFragment): string | null {
  if ('decision' in event) return event.decision?.id ?? null;
  if (!('data' in event)) return null;
  const { decision } = event.data as { readonly decision?: unknown };
  return typeof decision === 'string' ? decision : null;
}

function Particulars({ event }: { readonly event: AuditLineFragment }) {
  const particulars = 'data' in event ? event.data : { reason: 'reason' in event ? event.reason : null };
  return <Code block>{JSON.stringify(particulars, null, 2)}</Code>;
}
