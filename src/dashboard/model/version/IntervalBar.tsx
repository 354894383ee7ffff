import { Box } from '@mantine/core';
import type { MetricUnit } from '../../api/generated/operations';

interface IntervalBarProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: MetricUnit;
}

/** Ends of the scale where the unit has some. */
const SCALES: Readonly<Partial<Record<MetricUnit, number>>> = { PERCENT: 100, FRACTION: 1 };

/** The interval on the unit's whole scale, as a picture of the numbers beside it; nothing where the unit has no ends. */
export function IntervalBar({ value, low, high, unit }: IntervalBarProps) {
  const scale = SCALES[unit];
  if (scale === undefined) return null;
  const at = (n: number): string => `${Math.min(100, Math.max(0, (100 * n) / scale))}%`;
  return (
    <Box aria-hidden="true" pos="relative" h={8} bg="var(--mantine-color-default-border)" style={{ borderRadius: 4 }}>
      <Box
        pos="absolute"
        h={8}
        left={at(low)}
        right={`calc(100% - ${at(high)})`}
        bg="light-dark(var(--mantine-color-juara-3), var(--mantine-color-juara-8))"
        style={{ borderRadius: 4 }}
      />
      <Box
        pos="absolute"
        top={-2}
        h={12}
        w={3}
        ml={-1}
        left={at(value)}
        bg="light-dark(var(--mantine-color-juara-9), var(--mantine-color-juara-2))"
      />
    </Box>
  );
}
