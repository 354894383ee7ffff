import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Which version is champion, and which one will be. */
export function FromTo({ from, to }: { readonly from: string | null; readonly to: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="md" data-testid="from-to">
      <Side label={t('modelPage.change.from')} version={from ?? t('modelPage.change.nobody')} />
      <Text size="xl" aria-hidden="true">
        →
      </Text>
      <Side label={t('modelPage.change.to')} version={to} />
    </Group>
  );
}

function Side({ label, version }: { readonly label: string; readonly version: string }) {
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Badge size="lg" variant="default" tt="none">
        {version}
      </Badge>
    </Stack>
  );
}
