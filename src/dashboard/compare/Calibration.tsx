import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetricDifferencePartsFragment } from '../api/generated/operations';
import { Section } from '../common/Section';
import { Better } from './Better';
import type { Pair } from './chosenPair';
import { IntervalTrack } from './IntervalTrack';
import { metricParts, type TaskNames } from './metricParts';

interface CalibrationProps {
  readonly metrics: readonly MetricDifferencePartsFragment[];
  readonly tasks: readonly TaskNames[];
  readonly pair: Pair;
}

const MEASURES = ['ece', 'brier'] as const;

/** How far the probabilities can be believed: the expected calibration error and the Brier score of each task, with their intervals. */
export function Calibration({ metrics, tasks, pair }: CalibrationProps) {
  const { t } = useTranslation();
  const shown = tasks.flatMap(({ name }) =>
    MEASURES.flatMap((measure) => {
      const metric = metrics.find((one) => {
        const parts = metricParts(one.name, tasks);
        return parts.task === name && parts.measure === measure && parts.class === null;
      });
      return metric === undefined ? [] : [{ task: name, measure, metric }];
    }),
  );
  if (shown.length === 0) return null;
  return (
    <Section title={t('comparePage.calibration')} hint={t('comparePage.calibrationHint')}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        {shown.map(({ task, measure, metric }) => (
          <Stack key={metric.name} gap={6} component="article" aria-label={metric.name}>
            <Title order={3} size="h5" className="juara-break">
              {task}: {t(`comparePage.measure.${measure}`)}
            </Title>
            <Text size="sm">
              <Better side={metric.better} />
            </Text>
            <IntervalTrack label={pair.base} metric={metric.base} scale={scaleOf(metric)} side="base" />
            <IntervalTrack label={pair.candidate} metric={metric.candidate} scale={scaleOf(metric)} side="candidate" />
          </Stack>
        ))}
      </SimpleGrid>
    </Section>
  );
}

/** Both tracks of a measure end at the same value, a little above the highest they show. */
function scaleOf({ base, candidate }: MetricDifferencePartsFragment): number {
  const ends = [base, candidate].flatMap((metric) => (metric === null ? [] : [metric.value, metric.interval?.high ?? 0]));
  return Math.max(...ends, Number.MIN_VALUE) * 1.05;
}
