import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../../api/generated/operations';
import { time } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';

/** Who has signed the files: whom the policy trusts by name, others by the key that they say it is. */
export function SignatureList({ signatures }: { readonly signatures: VersionDetailsFragment['signatures'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (signatures.length === 0) return <Text c="dimmed">{t('modelPage.files.unsigned')}</Text>;
  return (
    <Stack gap={4}>
      {signatures.map(({ keyId, keyName, trusted, fault, attachedAt }, at) => (
        // Signatures are only ever added, so that each keeps its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: two may bear the same key and the same moment.
        <Text key={at} size="sm" c={trusted ? undefined : 'dimmed'} className="juara-break">
          {trusted ? t('modelPage.files.signedBy', { name: keyName }) : t('modelPage.files.notTrusted', { key: keyId })}
          {` · ${time(attachedAt, language)}`}
          {fault !== null && ` · ${fault}`}
        </Text>
      ))}
    </Stack>
  );
}
