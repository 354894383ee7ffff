import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launchChromium } from '../support/chromium.js';
import { type Demo, startDemo } from '../support/demo.js';
import { expectAccessible, expectNoSidewaysScroll, openPage, type View } from './openPage.js';

/** Place, and its heading in both languages. */
const PAGES = [
  ['#/', 'Overview', 'Ikhtisar'],
  ['#/models/precursor', 'precursor', 'precursor'],
  ['#/models/precursor/compare', /./, /./],
  ['#/models/convnext/training', 'Training pool of convnext', 'Data latih convnext'],
  ['#/models/precursor/policy', /./, /./],
  ['#/audit', 'Audit', 'Audit'],
  ['#/nowhere', 'There is no such page', 'Halaman ini tidak ada'],
] as const;

const VIEWS: readonly Required<View>[] = [
  { language: 'en', width: 1440, scheme: 'light' },
  { language: 'id', width: 360, scheme: 'dark' },
  { language: 'id', width: 1440, scheme: 'light' },
  { language: 'en', width: 360, scheme: 'dark' },
];

describe.skipIf(CHROMIUM === undefined)('each page', () => {
  let browser: Browser;
  let demo: Demo;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startDemo()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  test.each(VIEWS)(
    'in $language, $width px, $scheme: has its heading, nothing that axe or the console complains of, and fits',
    async (view) => {
      for (const [place, en, id] of PAGES) {
        const { page, complaints } = await openPage(browser, demo.url, demo.token, place, view);
        await page.getByRole('heading', { level: 1, name: view.language === 'en' ? en : id }).waitFor();
        await page.waitForLoadState('networkidle');
        expect(await page.locator('html').getAttribute('lang')).toBe(view.language);
        // A text that is missing shows its key, e.g. modelPage.rollback.action.
        expect(await page.locator('body').innerText()).not.toMatch(
          /\b(\w+Page|nav|overview|audit|training|event|rules?|account|connection)\.\w+/,
        );
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        expect(complaints, place).toEqual([]);
        await page.context().close();
      }
    },
  );

  test('the token leaves the address, and stays for reloads', async () => {
    const { page } = await openPage(browser, demo.url, demo.token, '#/audit');
    expect(page.url()).toBe(`${demo.url}/#/audit`);
    await page.reload();
    await page.getByTestId('viewer').getByText('admin (ADMIN)').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByTestId('viewer').getByText('anonymous (VIEWER)').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Token', { exact: true }).fill(demo.token);
    await page.keyboard.press('Enter');
    await page.getByTestId('viewer').getByText('admin (ADMIN)').waitFor();
    await page.context().close();
  });

  test('the language and the colours are chosen in the page, and remembered', async () => {
    const { page } = await openPage(browser, demo.url, demo.token, '#/');
    await page.locator('header').getByText('ID', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Ikhtisar' }).waitFor();
    await page.getByRole('button', { name: 'Warna gelap' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Ikhtisar' }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await page.context().close();
  });

  test('what there is to do can be reached by keyboard alone', async () => {
    const { page } = await openPage(browser, demo.url, demo.token, '#/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const link = page.getByRole('article', { name: 'precursor' }).getByRole('link', { name: 'precursor' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'precursor' }).waitFor();
    await page.context().close();
  });
});
