import { changes } from './changes.js';
import { startUp } from './startUp.js';
import { versionPages } from './versionPages.js';

/** `npm run bench -- registry [versions]`: prints tables; every target is a ratio within this run, but for start-up. */
const [, , , most = '1000000'] = process.argv;

const { readyMs, residentMb } = await startUp(5);
console.table([
  { 'ready after (ms)': readyMs.toFixed(0), target: '<= 1500', 'resident when idle (MB)': residentMb.toFixed(0), 'target ': '<= 150' },
]);

const rows = await changes(400);
console.table(
  rows.map(({ name, juara, bare }) => ({
    change: name,
    'Juara (ms)': juara.toFixed(2),
    'bare sqlite3 (ms)': bare.toFixed(2),
    'bare / Juara': (bare / juara).toFixed(2),
    target: '>= 0.3',
  })),
);

const sizes = [1_000, Number(most)];
const pages = await versionPages(sizes);
const total = (name: string, versions: number): number => {
  const found = pages.find((p) => p.name === name && p.versions === versions);
  return found === undefined ? Number.NaN : found.pageMs + found.countMs;
};
console.table(
  [...new Set(pages.map((p) => p.name))].map((name) => {
    const [small, large] = sizes.map((size) => total(name, size)) as [number, number];
    return {
      'page of 20 and total': name,
      [`${sizes[0]} versions (ms)`]: small.toFixed(2),
      [`${sizes[1]} versions (ms)`]: large.toFixed(2),
      ratio: (large / small).toFixed(2),
      target: '<= 1.5',
    };
  }),
);
