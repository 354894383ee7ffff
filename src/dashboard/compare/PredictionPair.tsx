import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PredictBothQuery } from '../api/generated/operations';
import { number } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import { TaskAnswers } from './TaskAnswers';

/** Both versions' answers about the same sample, task by task, with the time that each took. */
export function PredictionPair({ answer }: { readonly answer: PredictBothQuery }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { base, candidate } = answer;
  const tasks = [...new Set([...base.tasks, ...candidate.tasks].map(({ task }) => task))];
  return (
    <Stack gap="sm" role="status">
      <Group gap="lg">
        {[base, candidate].map(({ version, milliseconds }) => (
          <Text key={version.id} size="sm">
            {t('comparePage.took', { version: version.version, time: number(milliseconds, language, 3) })}
          </Text>
        ))}
      </Group>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        {tasks.map((task) => (
          <TaskAnswers
            key={task}
            task={task}
            base={{ version: base.version.version, answer: base.tasks.find((one) => one.task === task) ?? null }}
            candidate={{ version: candidate.version.version, answer: candidate.tasks.find((one) => one.task === task) ?? null }}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
