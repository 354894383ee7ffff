import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const FOLDER = 'dist/dashboard';

test('the first load stays under 300 KiB compressed, and brings no chart', () => {
  const html = readFileSync(`${FOLDER}/index.html`, 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\/dashboard-assets\/([^"]+)"/g)].map((found) => found[1] ?? '');
  const files = names.map((name) => readFileSync(`${FOLDER}/${name}`));
  expect(files.length).toBeGreaterThan(2);
  expect(files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)).toBeLessThan(300 * 1024);
  expect(files.some((bytes) => bytes.includes('recharts'))).toBe(false);
});
