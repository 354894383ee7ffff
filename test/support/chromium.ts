import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** JUARA_TEST_CHROMIUM, or where systems put it; undefined: the browser tests are left out (Debian: apt-get install chromium). */
export const CHROMIUM = [process.env.JUARA_TEST_CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));

if (CHROMIUM === undefined) {
  console.warn('No Chromium was found, so the browser tests are left out: apt-get install chromium, or JUARA_TEST_CHROMIUM=<path>.');
}

export function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error('there is no Chromium');
  // Its sandbox wants a user that is not root, and shared memory that containers do not have.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
