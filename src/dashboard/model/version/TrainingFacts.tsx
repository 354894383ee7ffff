import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../../api/generated/operations';
import { NONE } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';
import { Facts } from './Facts';

/** What a version was trained on and how, as its pipeline reported it. */
export function TrainingFacts({ version }: { readonly version: VersionDetailsFragment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { trainingData, trainingConfig } = version;
  const count = (value: number | null): string => (value === null ? NONE : new Intl.NumberFormat(language).format(value));
  return (
    <Stack gap="xs">
      {trainingData === null ? (
        <Text c="dimmed">{t('modelPage.training.none')}</Text>
      ) : (
        <Facts
          facts={[
            [t('modelPage.training.total'), count(trainingData.totalSamples)],
            [t('modelPage.training.train'), count(trainingData.trainSamples)],
            [t('modelPage.training.val'), count(trainingData.valSamples)],
            [t('modelPage.training.test'), count(trainingData.testSamples)],
            [t('modelPage.training.events'), trainingData.eventsIncluded.length === 0 ? NONE : trainingData.eventsIncluded.join(', ')],
          ]}
        />
      )}
      {trainingConfig !== null && (
        <>
          <Text size="sm" fw={600}>
            {t('modelPage.training.config')}
          </Text>
          <Code block tabIndex={0} role="region" aria-label={t('modelPage.training.config')}>
            {JSON.stringify(trainingConfig, null, 2)}
          </Code>
        </>
      )}
    </Stack>
  );
}
