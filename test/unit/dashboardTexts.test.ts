import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Texts = { readonly [key: string]: string | Texts };

function keysOf(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${prefix}${key}`] : keysOf(text, `${prefix}${key}.`),
  );
}

const [en, id] = ['en', 'id'].map((language): Texts => JSON.parse(readFileSync(`src/dashboard/i18n/${language}.json`, 'utf8'))) as [
  Texts,
  Texts,
];

test('both languages have the same texts; Indonesian has no singular of its own (CLDR)', () => {
  expect(keysOf(id)).toEqual(keysOf(en).filter((key) => !key.endsWith('_one')));
});

test('what is put into a text is the same in both', () => {
  const holes = (texts: Texts, key: string): string[] => {
    const text = key.split('.').reduce<string | Texts>((found, part) => (typeof found === 'string' ? found : (found[part] ?? '')), texts);
    return typeof text === 'string' ? [...text.matchAll(/{{(\w+)}}/g)].map((hole) => hole[1] ?? '').sort() : [];
  };
  const differing = keysOf(id).filter((key) => holes(id, key).join() !== holes(en, key).join());
  expect(differing).toEqual([]);
});
