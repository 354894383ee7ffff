import { modals } from '@mantine/modals';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';

export interface Dialogue {
  readonly title: string;
  /** Wide enough for a table of differences; left out: for a form. */
  readonly wide?: boolean;
  /** What is asked; calls `close` when it is through. */
  readonly children: (close: () => void) => ReactNode;
}

/**
 * Opens a dialogue that asks before something is done. What it asks is fixed at that moment: an event must neither change the question under
 * the reader's hand nor take the dialogue away, whatever becomes of the part of the page that opened it.
 */
export function useDialogue(): (dialogue: Dialogue) => void {
  const { t } = useTranslation();
  return useCallback(
    ({ title, wide = false, children }) => {
      modals.open({
        title,
        size: wide ? 'xl' : 'md',
        closeButtonProps: { 'aria-label': t('close') },
        // The title's row is no banner of the page.
        attributes: { header: { role: 'presentation' } },
        children: children(() => modals.closeAll()),
      });
    },
    [t],
  );
}
