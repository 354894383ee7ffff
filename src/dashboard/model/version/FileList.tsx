import { Code, CopyButton, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../../api/generated/operations';
import { bytes } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';
import { DownloadButton } from './DownloadButton';

/** Characters of a digest that tell it from others at a glance; the whole one is copied. */
const SHOWN = 12;

export function FileList({ files }: { readonly files: VersionDetailsFragment['files'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (files.length === 0) return <Text c="dimmed">{t('modelPage.files.none')}</Text>;
  return (
    <Table verticalSpacing="xs" horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('modelPage.files.file')}</Table.Th>
          <Table.Th ta="right">{t('modelPage.files.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map((file) => (
          <Table.Tr key={file.name}>
            <Table.Th scope="row" fw={400}>
              <Stack gap={2}>
                <Group gap={8}>
                  <Text size="sm" fw={600} className="juara-break">
                    {file.name}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {bytes(file.bytes, language)}
                  </Text>
                </Group>
                <Digest sha256={file.sha256} />
              </Stack>
            </Table.Th>
            <Table.Td ta="right">
              <DownloadButton path={file.downloadPath} name={file.name} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Digest({ sha256 }: { readonly sha256: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={sha256}>
      {({ copied, copy }) => (
        <UnstyledButton onClick={copy} title={sha256}>
          <Code>{`sha256:${sha256.slice(0, SHOWN)}…`}</Code>
          <Text span size="xs" ml={6}>
            {copied ? t('copied') : t('copy')}
          </Text>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
