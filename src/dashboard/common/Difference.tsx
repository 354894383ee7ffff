import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetricPartsFragment } from '../api/generated/operations';
import { metricDifference } from './format';
import { useLanguage } from './useLanguage';

interface DifferenceProps {
  readonly base: MetricPartsFragment | null;
  readonly candidate: MetricPartsFragment | null;
}

/** How much the candidate's metric differs from the base's, and whether that is better: by a sign, a word for screen readers, and a colour. */
export function Difference({ base, candidate }: DifferenceProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (base === null || candidate === null) return null;
  const difference = candidate.value - base.value;
  const better = difference === 0 ? 'EQUAL' : difference > 0 === (candidate.direction === 'HIGHER_IS_BETTER') ? 'CANDIDATE' : 'BASE';
  return (
    <Text component="span" size="sm" c={COLOURS[better]} style={{ whiteSpace: 'nowrap' }} title={t(`better.${better}`)}>
      <span aria-hidden="true">{SIGNS[better]} </span>
      {metricDifference(difference, candidate.unit, language)}
    </Text>
  );
}

const SIGNS = { CANDIDATE: '▲', BASE: '▼', EQUAL: '=' } as const;
const COLOURS = {
  CANDIDATE: 'light-dark(var(--mantine-color-teal-9), var(--mantine-color-teal-3))',
  BASE: 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-3))',
  EQUAL: 'dimmed',
} as const;
