import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetricPartsFragment } from '../api/generated/operations';
import { metricValue } from '../common/format';
import { useLanguage } from '../common/useLanguage';
import classes from './IntervalTrack.module.css';

interface IntervalTrackProps {
  readonly label: string;
  readonly metric: MetricPartsFragment | null;
  /** The value at the end of the track, which begins at 0. */
  readonly scale: number;
  readonly side: 'base' | 'candidate';
}

/** A value and its confidence interval on a line, with the same in figures. */
export function IntervalTrack({ label, metric, scale, side }: IntervalTrackProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = (value: number): string => `${(100 * Math.max(0, value)) / scale}%`;
  const shown = (value: number): string => metricValue({ value, unit: metric?.unit ?? 'NONE' }, language);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        {metric === null ? (
          <Text size="sm" c="dimmed">
            {t('comparePage.notThere')}
          </Text>
        ) : (
          <Text size="sm" title={metric.interval?.method}>
            {shown(metric.value)}
            {metric.interval !== null && ` (${shown(metric.interval.low)} … ${shown(metric.interval.high)})`}
          </Text>
        )}
      </Group>
      {metric !== null && (
        <div className={classes.track} data-side={side} aria-hidden="true">
          {metric.interval !== null && (
            <span
              className={classes.interval}
              style={{ insetInlineStart: at(metric.interval.low), insetInlineEnd: `calc(100% - ${at(metric.interval.high)})` }}
            />
          )}
          <span className={classes.value} style={{ insetInlineStart: at(metric.value) }} />
        </div>
      )}
    </div>
  );
}
