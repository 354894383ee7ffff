import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionDetailsFragment } from '../../api/generated/operations';
import { DetailFacts } from './DetailFacts';
import { FileList } from './FileList';
import { MetricTable } from './MetricTable';
import { SignatureList } from './SignatureList';
import { TrainingFacts } from './TrainingFacts';

/** All of a version: metrics, training data, files, details. */
export function VersionTabs({ version, weighed }: { readonly version: VersionDetailsFragment; readonly weighed: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Tabs defaultValue="metrics" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="metrics">{t('modelPage.tabs.metrics')}</Tabs.Tab>
        <Tabs.Tab value="training">{t('modelPage.tabs.training')}</Tabs.Tab>
        <Tabs.Tab value="files">{t('modelPage.tabs.files')}</Tabs.Tab>
        <Tabs.Tab value="details">{t('modelPage.tabs.details')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="metrics" pt="xs">
        <MetricTable metrics={version.metrics} weighed={weighed} />
      </Tabs.Panel>
      <Tabs.Panel value="training" pt="xs">
        <TrainingFacts version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="files" pt="xs">
        <FileList files={version.files} />
        <SignatureList signatures={version.signatures} />
      </Tabs.Panel>
      <Tabs.Panel value="details" pt="xs">
        <DetailFacts version={version} />
      </Tabs.Panel>
    </Tabs>
  );
}
