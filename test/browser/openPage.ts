import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface View {
  readonly language?: 'en' | 'id';
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

export interface OpenPage {
  readonly page: Page;
  /** Everything that the console took for an error, and every exception. */
  readonly complaints: readonly string[];
}

/** A fresh profile of the browser at a place of the dashboard, e.g. `#/audit`; signed in where a token is given. */
export async function openPage(browser: Browser, url: string, token: string | null, place: string, view: View = {}): Promise<OpenPage> {
  const { language = 'en', width = 1440, scheme = 'light' } = view;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/${token === null ? '' : `?token=${token}`}${place}`);
  await page.locator('[data-state=live]').waitFor();
  return { page, complaints };
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Holds the page against axe's rules of WCAG 2.2, levels A and AA. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const violations = (await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`)) as Violation[];
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** No part of the page is wider than the window, and nothing of its head lies beyond it. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  for (const control of await page.locator('header').locator('button, a, [role=status]').all()) {
    const box = await control.boundingBox();
    if (box !== null) expect(box.x + box.width, await control.innerText()).toBeLessThanOrEqual(width);
  }
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0);
}
