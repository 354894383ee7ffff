import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type JuaraClient } from '../../src/client/index.js';
import { CHROMIUM, launchChromium } from '../support/chromium.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { expectAccessible, openPage } from './openPage.js';

describe.skipIf(CHROMIUM === undefined)('what a person has to answer', () => {
  let browser: Browser;
  let server: TestServer;
  let client: JuaraClient;
  let automation: JuaraClient;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startTestServer()]);
    client = createClient({ url: server.url, token: server.token });
    const { secret } = await client.createToken({ name: 'pipeline', role: 'AUTOMATION' });
    automation = createClient({ url: server.url, token: secret });
    await client.createModel({ name: 'm' });
    for (const accuracy of [80, 85, 90, 70]) await client.register({ model: 'm', metrics: [{ name: 'accuracy', value: accuracy }] });
    await client.promote({ model: 'm', version: '1.0.0' });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('is declined, approved, or overruled in the page, each with one confirmation', async () => {
    const { page } = await openPage(browser, server.url, server.token, '#/models/m');
    const dialogue = page.getByRole('dialog');
    const waiting = page.getByTestId('waiting-approval');
    expect((await automation.promote({ model: 'm', version: '1.0.1' })).outcome).toBe('AWAITING_APPROVAL');
    await waiting.getByRole('button', { name: 'Decline' }).click();
    await dialogue.getByLabel('Reason').fill('not on a Friday');
    await dialogue.getByRole('button', { name: 'Decline' }).click();
    await waiting.waitFor({ state: 'detached' });
    expect((await automation.promote({ model: 'm', version: '1.0.2' })).outcome).toBe('AWAITING_APPROVAL');
    await waiting.getByRole('button', { name: 'Approve' }).click();
    await expectAccessible(page);
    await dialogue.getByRole('button', { name: 'Approve' }).click();
    await expect.poll(async () => (await client.getChampion('m'))?.version).toBe('1.0.2');
    await page.reload();
    const worse = page.getByRole('button', { name: 'Promote', exact: true }).last();
    await worse.click();
    const version = /Promote (\S+)/.exec(await dialogue.getByRole('button', { name: /^Promote \d/ }).innerText())?.[1];
    await dialogue.getByRole('button', { name: /^Promote \d/ }).click();
    await dialogue.getByText('The policy refused: the champion stays').waitFor();
    await dialogue.getByLabel('Why it is to be champion all the same').fill('the test set is wrong');
    await dialogue.getByRole('button', { name: 'Promote although the policy refuses' }).click();
    await expect.poll(async () => (await client.getChampion('m'))?.version).toBe(version);
    await page.context().close();
  });
});
