import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionStatus } from '../api/generated/operations';

const COLOURS: Readonly<Record<VersionStatus, string>> = { CHAMPION: 'teal', CHALLENGER: 'blue', ARCHIVED: 'gray', REJECTED: 'orange' };

/** The role of a version, in words as well as in colour. */
export function StatusBadge({ status }: { readonly status: VersionStatus }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLOURS[status]} variant="light" autoContrast>
      {t(`status.${status}`)}
    </Badge>
  );
}
