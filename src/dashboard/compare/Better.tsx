import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Better as Side } from '../api/generated/operations';

const SIGNS = { CANDIDATE: '▲', BASE: '▼', EQUAL: '=', UNKNOWN: '?' } as const;
const COLOURS = {
  CANDIDATE: 'light-dark(var(--mantine-color-teal-9), var(--mantine-color-teal-3))',
  BASE: 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-3))',
  EQUAL: 'dimmed',
  UNKNOWN: 'dimmed',
} as const;

/** Whether the candidate is better, by a sign, a word and a colour, with what stands beside it. */
export function Better({ side, children }: { readonly side: Side; readonly children?: string }) {
  const { t } = useTranslation();
  return (
    <Text component="span" size="sm" fw={600} c={COLOURS[side]}>
      <span style={{ whiteSpace: 'nowrap' }}>
        <span aria-hidden="true">{SIGNS[side]} </span>
        {children}
      </span>{' '}
      <Text component="span" size="xs" fw={400} inherit={false}>
        {t(`better.${side}`)}
      </Text>
    </Text>
  );
}
