import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadFile } from '../../common/downloadFile';

export function DownloadButton({ path, name }: { readonly path: string; readonly name: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      await downloadFile(path, name);
    } catch (failure) {
      notifications.show({ color: 'red', title: t('modelPage.files.failed', { name }), message: String(failure) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      onClick={() => void download()}
      aria-label={t('modelPage.files.downloadName', { name })}
    >
      {t('modelPage.files.download')}
    </Button>
  );
}
