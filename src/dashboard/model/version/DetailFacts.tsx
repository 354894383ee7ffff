import { Badge, Code, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TensorPartsFragment, VersionDetailsFragment } from '../../api/generated/operations';
import { NONE, time } from '../../common/format';
import { useLanguage } from '../../common/useLanguage';
import { Facts } from './Facts';

export function DetailFacts({ version }: { readonly version: VersionDetailsFragment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { signature } = version;
  return (
    <Facts
      facts={[
        [t('modelPage.details.id'), <Code key="id">{version.modelId}</Code>],
        [t('modelPage.details.registered'), time(version.createdAt, language)],
        [t('modelPage.details.architecture'), version.architecture ?? NONE],
        [t('modelPage.details.replaced'), version.previousVersion ?? NONE],
        [t('modelPage.details.reason'), version.reason ?? NONE],
        [t('modelPage.details.notes'), version.notes ?? NONE],
        [t('modelPage.details.tags'), version.tags.length === 0 ? NONE : <Tags key="tags" tags={version.tags} />],
        [t('modelPage.details.folder'), <Code key="folder">{version.path}</Code>],
        [t('modelPage.details.inputs'), tensors(signature?.inputs)],
        [t('modelPage.details.outputs'), tensors(signature?.outputs)],
        [t('modelPage.details.opset'), signature?.opset ?? NONE],
        [t('modelPage.details.producer'), signature?.producer ?? NONE],
      ]}
    />
  );
}

function Tags({ tags }: { readonly tags: VersionDetailsFragment['tags'] }) {
  return (
    <Group gap={6}>
      {tags.map(({ key, value }) => (
        <Badge key={key} variant="default" tt="none">
          {value === '' ? key : `${key}: ${value}`}
        </Badge>
      ))}
    </Group>
  );
}

/** `image float32 [batch, 128]`, one a line. */
function tensors(parts: readonly TensorPartsFragment[] | undefined) {
  if (parts === undefined || parts.length === 0) return NONE;
  return parts.map(({ name, dtype, shape, dimNames }) => (
    <div key={name}>
      {name}{' '}
      <Code>
        {dtype} [{shape.map((size, i) => size ?? dimNames[i] ?? '?').join(', ')}]
      </Code>
    </div>
  ));
}
