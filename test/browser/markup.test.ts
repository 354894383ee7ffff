import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/client/index.js';
import { CHROMIUM, launchChromium } from '../support/chromium.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { openPage } from './openPage.js';

const SCRIPT = '<script>window.owned = true</script>';
const IMAGE = '"><img src=x onerror="window.owned = true" data-evil>';

describe.skipIf(CHROMIUM === undefined)('names and texts with markup', () => {
  let browser: Browser;
  let server: TestServer;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startTestServer()]);
    const client = createClient({ url: server.url, token: server.token });
    const tasks = [{ name: 't', classes: [SCRIPT, IMAGE], negativeClass: SCRIPT }];
    await client.createModel({ name: 'm', description: `${SCRIPT}${IMAGE}`, tasks });
    for (const value of [80, 90]) await client.register({ model: 'm', notes: IMAGE, metrics: [{ name: 'accuracy', value }] });
    await client.promote({ model: 'm', version: '1.0.0', reason: IMAGE });
    await client.promote({ model: 'm', version: '1.0.1', reason: SCRIPT, overrideReason: IMAGE });
    await client.rollback({ model: 'm', reason: `${IMAGE}${SCRIPT}` });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('stand in the page as text: no script runs, no element comes of them', async () => {
    const { page, complaints } = await openPage(browser, server.url, server.token, '#/');
    for (const place of ['#/', '#/models/m', '#/models/m/compare', '#/models/m/training', '#/audit']) {
      await page.goto(`${server.url}/${place}`);
      await page.locator('[data-state=live]').waitFor();
      if (place === '#/models/m') await page.getByText('onerror=', { exact: false }).first().waitFor({ state: 'attached' });
      expect(await page.evaluate('window.owned ?? null'), place).toBeNull();
      expect(await page.locator('[data-evil], img[src=x]').count(), place).toBe(0);
      expect(await page.evaluate('[...document.scripts].filter((s) => s.textContent.includes("owned")).length'), place).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
