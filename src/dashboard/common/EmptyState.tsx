import { Button, Code, CopyButton, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface EmptyStateProps {
  /** What there is not. */
  readonly title: string;
  /** What to do about it. */
  readonly hint: string;
  /** A command that does it, to be copied. */
  readonly command?: string;
}

export function EmptyState({ title, hint, command }: EmptyStateProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="lg" radius="md">
      <Stack gap="xs">
        <Text fw={600}>{title}</Text>
        <Text c="dimmed">{hint}</Text>
        {command !== undefined && (
          <Group wrap="nowrap" gap="xs">
            <Code block tabIndex={0} style={{ flex: 1, overflowX: 'auto' }}>
              {command}
            </Code>
            <CopyButton value={command}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" onClick={copy}>
                  {copied ? t('copied') : t('copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
