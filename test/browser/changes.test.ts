import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type JuaraClient } from '../../src/client/index.js';
import { CHROMIUM, launchChromium } from '../support/chromium.js';
import { type Demo, startDemo } from '../support/demo.js';
import { startTestServer } from '../support/server.js';
import { expectAccessible, openPage } from './openPage.js';

const MARKUP = '<img src=x onerror=alert(1)>';

describe.skipIf(CHROMIUM === undefined)('the dashboard', () => {
  let browser: Browser;
  let demo: Demo;
  let client: JuaraClient;
  beforeAll(async () => {
    [browser, demo] = await Promise.all([launchChromium(), startDemo()]);
    client = createClient({ url: demo.url, token: demo.token });
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const open = async (place: string, token: string | null = demo.token): Promise<Page> =>
    (await openPage(browser, demo.url, token, place)).page;
  const champion = (page: Page, version: string) => page.getByRole('heading', { level: 2, name: version }).first();

  test('says why the policy refuses a challenger, before and after it was asked', async () => {
    const page = await open('#/models/precursor');
    await page.getByText('magnitude_recall_Large is worse by 25; 2 worse is tolerated').waitFor();
    await page.getByRole('button', { name: 'Promote', exact: true }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByText('Champion now').waitFor();
    await expectAccessible(page);
    await dialogue.getByRole('button', { name: 'Promote 1.0.3' }).click();
    await dialogue.getByText('The policy refused: the champion stays').waitFor();
    await dialogue.getByText('magnitude_recall_Large is worse by 25; 2 worse is tolerated').first().waitFor();
    await expectAccessible(page);
    expect((await client.getChampion('precursor'))?.version).toBe('1.0.1');
    await page.context().close();
  });

  test('rolls back with one click and one confirmation, which asks for a reason', async () => {
    const page = await open('#/models/precursor');
    await page.getByRole('button', { name: 'Roll back to 1.0.0' }).first().click();
    const dialogue = page.getByRole('dialog');
    await expectAccessible(page);
    await dialogue.getByLabel('Reason').fill('false alarms at GTO');
    await dialogue.getByRole('button', { name: 'Roll back to 1.0.0' }).click();
    await dialogue.waitFor({ state: 'hidden' });
    await champion(page, '1.0.0').waitFor();
    expect(await client.getChampion('precursor')).toMatchObject({
      version: '1.0.0',
      reason: expect.stringContaining('false alarms at GTO'),
    });
    await page.context().close();
  });

  test('promotes the first version of a model with one click and one confirmation', async () => {
    await client.createModel({ name: 'fresh' });
    await client.register({ model: 'fresh', metrics: [{ name: 'accuracy', value: 90 }] });
    const page = await open('#/models/fresh');
    await page.getByRole('button', { name: 'Promote', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Promote 1.0.0' }).click();
    await page.getByText('Promoted', { exact: true }).first().waitFor();
    await expect.poll(async () => (await client.getChampion('fresh'))?.version).toBe('1.0.0');
    await page.context().close();
  });

  test('sends the champion that it showed, so that a page that hears nothing gets a conflict and no rollback', async () => {
    await client.createModel({ name: 'deaf' });
    for (const version of ['1.0.0', '1.0.1', '1.0.2']) {
      await client.register({ model: 'deaf', version, metrics: [{ name: 'accuracy', value: 90 }] });
      if (version !== '1.0.2') await client.promote({ model: 'deaf', version, overrideReason: 'for the test' });
    }
    const page = await browser.newPage({ locale: 'en' });
    // The page's socket is accepted, and nothing ever comes through.
    await page.routeWebSocket(/graphql/, () => undefined);
    await page.goto(`${demo.url}/?token=${demo.token}#/models/deaf`);
    await page.getByRole('button', { name: 'Roll back to 1.0.0' }).first().click();
    await client.promote({ model: 'deaf', version: '1.0.2', overrideReason: 'for the test' });
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('Reason').fill('too late');
    await dialogue.getByRole('button', { name: 'Roll back to 1.0.0' }).click();
    await page.getByText('The champion has changed').waitFor();
    expect((await client.getChampion('deaf'))?.version).toBe('1.0.2');
    await page.context().close();
  });

  test('tells a page that has become stale, and shows the new state', async () => {
    const page = await open('#/models/convnext');
    await page.getByRole('button', { name: 'Roll back to 1.0.0' }).first().click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('Reason').fill('too late');
    await client.rollback({ model: 'convnext', version: '1.0.0', reason: 'somebody else was faster' });
    await page.getByText('The champion has changed').waitFor();
    expect((await client.getChampion('convnext'))?.reason).toContain('somebody else was faster');
    await page.context().close();
  });

  test('shows what another client does, as it happens', async () => {
    const page = await open('#/');
    await page.getByRole('article', { name: 'convnext' }).getByText('No champion').waitFor({ state: 'detached' });
    await client.register({ model: 'convnext', version: '7.0.0', metrics: [{ name: 'magnitude_accuracy', value: 99 }] });
    await page.getByRole('log').getByText('7.0.0').waitFor();
    await page.getByRole('article', { name: 'convnext' }).getByText('1 challenger waits').waitFor();
    await page.context().close();
  });

  test('shows markup in texts as text', async () => {
    const task = { name: 'kind', classes: [MARKUP, 'plain'], negativeClass: null, criticalClasses: [] };
    await client.createModel({ name: 'markup', description: MARKUP, tasks: [task] });
    await client.register({ model: 'markup', architecture: MARKUP, notes: MARKUP, tags: [{ key: 'k', value: MARKUP }] });
    await client.promote({ model: 'markup', version: '1.0.0', reason: MARKUP });
    for (const place of ['#/', '#/models/markup', '#/models/markup/training', '#/audit']) {
      const { page, complaints } = await openPage(browser, demo.url, demo.token, place);
      await page.waitForLoadState('networkidle');
      expect(await page.locator('img').count()).toBe(0);
      expect(complaints).toEqual([]);
      if (place === '#/models/markup') await page.getByText(MARKUP).first().waitFor();
      await page.context().close();
    }
  });

  test('offers a viewer nothing that the token does not allow, and says so', async () => {
    const page = await open('#/models/precursor', null);
    const button = page.getByRole('button', { name: 'Roll back', exact: false }).first();
    await button.waitFor();
    expect((await button.getAttribute('aria-disabled')) === 'true' || (await button.isDisabled())).toBe(true);
    await page.context().close();
  });
});

describe.skipIf(CHROMIUM === undefined)('a page whose server is killed', () => {
  test('says that it is offline, comes back, and has missed nothing', async () => {
    const browser = await launchChromium();
    const first = await startTestServer();
    const JUARA_PORT = new URL(first.url).port;
    const { page } = await openPage(browser, first.url, first.token, '#/audit');
    await first.kill9();
    await page.locator('[data-state=offline], [data-state=connecting]').waitFor();
    const second = await first.restart({ JUARA_PORT });
    await createClient({ url: second.url, token: second.token }).createModel({ name: 'while-away' });
    await page.locator('[data-state=live]').waitFor();
    await page.getByRole('cell', { name: 'while-away' }).waitFor();
    await browser.close();
    await second.stop();
  });
});
