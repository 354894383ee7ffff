import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ComparisonPartsFragment } from '../api/generated/operations';
import { Section } from '../common/Section';
import { ConfusionMatrix } from './ConfusionMatrix';
import { confusionOf } from './confusionOf';

/** Both versions' confusion matrices of each task, side by side; nothing where the comparison rests on no benchmark. */
export function ConfusionMatrices({ comparison }: { readonly comparison: ComparisonPartsFragment }) {
  const { t } = useTranslation();
  const { benchmark, base, candidate } = comparison;
  if (benchmark === null) return null;
  const sides = [base, candidate].map((version) => ({ version: version.version, matrices: confusionOf(version, benchmark.name) }));
  const tasks = [...new Set(sides.flatMap(({ matrices }) => matrices.map(({ task }) => task)))];
  if (tasks.length === 0) return null;
  return (
    <Section title={t('comparePage.confusion')} hint={t('comparePage.confusionHint')}>
      {tasks.map((task) => (
        <Stack key={task} gap="xs">
          <Title order={3} size="h5" className="juara-break">
            {task}
          </Title>
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            {sides.map(({ version, matrices }) => {
              const matrix = matrices.find((one) => one.task === task);
              return matrix === undefined ? (
                <Text key={version} c="dimmed">
                  {t('comparePage.noConfusion', { version })}
                </Text>
              ) : (
                <ConfusionMatrix key={version} version={version} matrix={matrix} />
              );
            })}
          </SimpleGrid>
        </Stack>
      ))}
    </Section>
  );
}
