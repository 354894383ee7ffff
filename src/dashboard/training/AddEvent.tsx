import { Card, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AddTrainingEventsDocument, type TrainingQuery } from '../api/generated/operations';
import { problemOf } from '../api/problem';
import { AllowedButton } from '../common/AllowedButton';
import { ProblemAlert } from '../common/ProblemAlert';

type Model = NonNullable<TrainingQuery['model']>;
/** What was observed of each task: a number where the task turns numbers into classes, else a class. */
type Labels = Readonly<Record<string, string | number>>;

/** A new event of the pool, by hand. */
export function AddEvent({ model }: { readonly model: Model }) {
  const { t } = useTranslation();
  const [{ fetching, error, data }, add] = useMutation(AddTrainingEventsDocument);
  const form = useForm({
    initialValues: { station: '', date: '', eventId: '', labels: {} as Labels },
    validate: { date: (date) => (date === '' ? t('training.dateMissing') : null) },
  });
  const submit = form.onSubmit(async ({ station, date, eventId, labels }) => {
    const given = Object.entries(labels).filter(([, value]) => value !== '' && value !== null);
    const event = {
      eventId: eventId.trim() === '' ? null : eventId.trim(),
      station: station.trim() === '' ? null : station.trim(),
      date,
      labels: given.map(([task, value]) => (typeof value === 'number' ? { task, value } : { task, class: value })),
    };
    const result = await add({ model: model.name, events: [event] });
    if (result.error === undefined) form.reset();
  });
  return (
    <Card withBorder component="form" aria-label={t('training.add')} onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('training.add')}
        </Title>
        <ProblemAlert problem={error === undefined ? null : problemOf(error)} />
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <TextInput label={t('training.column.station')} {...form.getInputProps('station')} />
          <TextInput type="date" required label={t('training.column.date')} {...form.getInputProps('date')} />
          <TextInput label={t('training.column.event')} description={t('training.eventHint')} {...form.getInputProps('eventId')} />
          {model.tasks.map((task) =>
            task.bins.length > 0 ? (
              <NumberInput
                key={task.name}
                label={task.name}
                description={t('training.valueHint')}
                {...form.getInputProps(`labels.${task.name}`)}
              />
            ) : (
              <Select key={task.name} label={task.name} data={[...task.classes]} clearable {...form.getInputProps(`labels.${task.name}`)} />
            ),
          )}
        </SimpleGrid>
        <Group>
          <AllowedButton takes="AUTOMATION" type="submit" loading={fetching}>
            {t('training.add')}
          </AllowedButton>
          {data !== undefined && error === undefined && (
            <Text size="sm" role="status">
              {t('training.added')}
            </Text>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
