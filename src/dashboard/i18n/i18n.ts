import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import id from './id.json';

const KEY = 'juara.language';
export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language chosen last, else the browser's where the page knows it, else English. */
function firstLanguage(): Language {
  const stored = localStorage.getItem(KEY);
  const wished = [stored, ...navigator.languages.map((tag) => tag.split('-')[0])].find(isLanguage);
  return wished ?? 'en';
}

export async function startTranslations(): Promise<void> {
  // React escapes by itself.
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en }, id: { translation: id } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
