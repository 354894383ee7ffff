// Pictures of the dashboard with the demo's state, for the README and docs: `npm run build && node scripts/screenshots.mjs`. Takes a Chromium (JUARA_TEST_CHROMIUM).
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const FOLDER = 'docs/images';
const PICTURES = [
  ['overview', '#/', 1440, 900, 'light'],
  ['model', '#/models/precursor', 1440, 1500, 'light'],
  ['compare', '#/models/precursor/compare', 1440, 1500, 'light'],
  ['policy', '#/models/precursor/policy', 1440, 1200, 'light'],
  ['audit', '#/audit', 1440, 900, 'dark'],
  ['phone', '#/models/precursor', 360, 780, 'dark'],
];

const demo = spawn(process.execPath, ['dist/bundle/bin.js', 'demo', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const link = await new Promise((resolve) => {
  let text = '';
  demo.stdout.setEncoding('utf8').on('data', (more) => {
    text += more;
    const found = /(http:\/\/\S+\/\?token=\S+)[\s\S]*Ctrl\+C/.exec(text);
    if (found !== null) resolve(found[1]);
  });
});
const browser = await chromium.launch({ executablePath: process.env.JUARA_TEST_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
await mkdir(FOLDER, { recursive: true });
for (const [name, place, width, height, colorScheme] of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
  await page.goto(`${link}${place}`);
  await page.locator('[data-state=live]').waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await page.close();
}
await browser.close();
demo.kill();
