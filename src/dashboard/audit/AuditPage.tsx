import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function AuditPage() {
  const { t } = useTranslation();
  return <Title order={1}>{t('nav.audit')}</Title>;
}
