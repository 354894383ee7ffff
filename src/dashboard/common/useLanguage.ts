import { useTranslation } from 'react-i18next';

/** What Intl takes to write numbers and times as the page's language does. */
export function useLanguage(): string {
  return useTranslation().i18n.language;
}
