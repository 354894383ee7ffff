import { Anchor, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Stack>
      <Title order={1}>{t('notFound')}</Title>
      <Anchor component={Link} href="/">
        {t('nav.overview')}
      </Anchor>
    </Stack>
  );
}
