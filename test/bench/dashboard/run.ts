import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createClient } from '../../../src/client/index.js';
import { loadConfig } from '../../../src/config.js';
import { startServer } from '../../../src/main.js';

const EVENTS = 60;
const BROWSER = process.env.JUARA_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** In the page: notes when a message has come on a socket, and when the line of an event is there. */
const OBSERVE = `
  window.came = {}; window.shown = {};
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        const seq = /"seq":(\\d+)/.exec(data)?.[1];
        if (seq !== undefined) window.came[seq] ??= performance.now();
      });
    }
  };
  new MutationObserver(() => {
    for (const line of document.querySelectorAll('[data-seq]')) window.shown[line.dataset.seq] ??= performance.now();
  }).observe(document, { childList: true, subtree: true });
`;

interface Seen {
  readonly came: Readonly<Record<string, number>>;
  readonly shown: Readonly<Record<string, number>>;
}

/** From an event's arrival on the page's socket to its line on the overview, in Chromium, while the cards ask again too. */
async function main(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const server = await startServer(loadConfig({ JUARA_HOME: home, JUARA_PORT: '0', JUARA_LOG_LEVEL: 'error' }));
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const token = (await readFile(join(home, 'admin.token'), 'utf8')).trim();
    const client = createClient({ url: server.url, token });
    await client.createModel({ name: 'm' });
    const page = await browser.newPage();
    await page.addInitScript(OBSERVE);
    await page.goto(`${server.url}/?token=${token}`);
    await page.locator('[data-state=live]').waitFor();
    for (let i = 0; i < EVENTS; i += 1) await client.register({ model: 'm', metrics: [{ name: 'accuracy', value: i }] });
    const { seq } = await server.deps.store.reads.head();
    await page.locator(`[data-seq="${seq}"]`).waitFor();
    const { came, shown } = (await page.evaluate('({ came: window.came, shown: window.shown })')) as Seen;
    const times = Object.entries(came)
      .flatMap(([event, at]) => (shown[event] === undefined ? [] : [shown[event] - at]))
      .sort((a, b) => a - b);
    const at = (share: number): string => (times[Math.ceil(share * times.length) - 1] ?? Number.NaN).toFixed(1);
    console.table([{ events: times.length, 'p50 (ms)': at(0.5), 'p95 (ms)': at(0.95), 'most (ms)': at(1), target: '<= 100' }]);
  } finally {
    await browser.close();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

await main();
