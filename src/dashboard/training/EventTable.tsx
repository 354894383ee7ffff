import { Badge, Checkbox, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { type TrainingRowFragment, ValidateTrainingEventsDocument } from '../api/generated/operations';
import { problemOf } from '../api/problem';
import { AllowedButton } from '../common/AllowedButton';
import { NONE, time } from '../common/format';
import { ProblemAlert } from '../common/ProblemAlert';
import { useLanguage } from '../common/useLanguage';
import { DiscardEvent } from './DiscardEvent';

interface EventTableProps {
  readonly model: string;
  readonly events: readonly TrainingRowFragment[];
  readonly total: number;
}

/** The pool's events; those that wait can be chosen and validated together. */
export function EventTable({ model, events, total }: EventTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [{ fetching, error }, validate] = useMutation(ValidateTrainingEventsDocument);
  const pending = events.filter((event) => event.status === 'PENDING' && chosen.has(event.eventId));
  const toggle = (eventId: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(eventId);
    else next.delete(eventId);
    setChosen(next);
  };
  const discard = (eventId: string): void => {
    modals.open({
      title: t('training.discardTitle', { eventId }),
      children: <DiscardEvent model={model} eventId={eventId} />,
      closeButtonProps: { 'aria-label': t('close') },
    });
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('training.shown', { shown: events.length, total })}
        </Text>
        <AllowedButton
          takes="OPERATOR"
          size="xs"
          disabled={pending.length === 0}
          loading={fetching}
          onClick={() => void validate({ model, eventIds: pending.map((event) => event.eventId) })}
        >
          {t('training.validate', { count: pending.length })}
        </AllowedButton>
      </Group>
      <ProblemAlert problem={error === undefined ? null : problemOf(error)} />
      <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('training.pool') }}>
        <Table miw={760} striped>
          <Table.Thead>
            <Table.Tr>
              {['choose', 'event', 'state', 'date', 'station', 'labels', 'validated', 'usedBy', 'actions'].map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`training.column.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map((event) => (
              <Table.Tr key={event.id}>
                <Table.Td>
                  <Checkbox
                    aria-label={t('training.choose', { eventId: event.eventId })}
                    disabled={event.status !== 'PENDING'}
                    checked={chosen.has(event.eventId)}
                    onChange={(change) => toggle(event.eventId, change.currentTarget.checked)}
                  />
                </Table.Td>
                <Table.Th scope="row" fw={500}>
                  {event.eventId}
                </Table.Th>
                <Table.Td>
                  <Badge variant="light" color={event.status === 'VALIDATED' ? 'teal' : 'gray'} autoContrast>
                    {t(`training.status.${event.status}`)}
                  </Badge>
                </Table.Td>
                <Table.Td>{event.date}</Table.Td>
                <Table.Td>{event.station ?? NONE}</Table.Td>
                <Table.Td>{event.labels.map((label) => `${label.task}: ${label.class}`).join(', ') || NONE}</Table.Td>
                <Table.Td>{time(event.validatedAt, language)}</Table.Td>
                <Table.Td>{event.usedBy?.version ?? NONE}</Table.Td>
                <Table.Td>
                  {(event.status === 'PENDING' || event.status === 'VALIDATED') && (
                    <AllowedButton takes="OPERATOR" size="compact-xs" variant="default" onClick={() => discard(event.eventId)}>
                      {t('training.discard')}
                    </AllowedButton>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  );
}
