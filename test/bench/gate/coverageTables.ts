import type { Coverage, CoverageJob } from './coverage.js';
import { inWorkers } from './inWorkers.js';
import { markdown } from './markdown.js';
import { CHALLENGERS, CHAMPION } from './settings.js';
import type { TruthJob } from './truth.js';

type Values = Record<string, number>;

const LARGE = { samples: 99_900, worlds: 4 };
const SIZES = [
  { samples: 300, runs: 160 },
  { samples: 3000, runs: 32 },
];
const RESAMPLES = 400;
const PARTS = 8;
const BETTER = CHALLENGERS.get(2) ?? CHAMPION;

/** What the classes of azimuth have in common but for their names: eight directions of equally many samples. */
const DIRECTION = /^(.*azimuth_.+)_(E|N|NE|NW|S|SE|SW|W)$/;

async function truths(): Promise<{ base: Values; candidate: Values }> {
  const jobs = [CHAMPION, BETTER].flatMap((skill) =>
    Array.from({ length: LARGE.worlds }, (_, w): TruthJob & { kind: 'truth' } => ({
      kind: 'truth',
      skill,
      seed: 1000 + w,
      samples: LARGE.samples,
    })),
  );
  const found = await inWorkers<Values>(jobs);
  const mean = (values: readonly Values[]): Values =>
    Object.fromEntries(
      Object.keys(values[0] ?? {}).map((name) => [name, values.reduce((sum, v) => sum + (v[name] ?? Number.NaN), 0) / values.length]),
    );
  return { base: mean(found.slice(0, LARGE.worlds)), candidate: mean(found.slice(LARGE.worlds)) };
}

/** Coverage by metric, the eight directions together. */
async function covered(samples: number, runs: number, truth: { base: Values; candidate: Values }): Promise<Map<string, Coverage>> {
  const jobs = Array.from({ length: PARTS }, (_, part): CoverageJob & { kind: 'coverage' } => ({
    kind: 'coverage',
    seed: 5000 + part,
    samples,
    runs: Math.ceil(runs / PARTS),
    resamples: RESAMPLES,
    base: CHAMPION,
    candidate: BETTER,
    baseTruth: truth.base,
    candidateTruth: truth.candidate,
  }));
  const sums = new Map<string, Coverage>();
  for (const [metric, found] of (await inWorkers<Record<string, Coverage>>(jobs)).flatMap((part) => Object.entries(part))) {
    const name = metric.replace(DIRECTION, '$1_(direction)');
    const sum = sums.get(name) ?? { held: 0, above: 0, below: 0, none: 0 };
    const { held, above, below, none } = sum;
    sums.set(name, { held: held + found.held, above: above + found.above, below: below + found.below, none: none + found.none });
  }
  return sums;
}

export async function coverageTables(times: number): Promise<string> {
  const truth = await truths();
  const sizes: Map<string, Coverage>[] = [];
  for (const { samples, runs } of SIZES) sizes.push(await covered(samples, runs * times, truth));
  const percent = (sum: Coverage | undefined, of: 'held' | 'above' | 'below'): string =>
    sum === undefined ? '' : ((100 * sum[of]) / (sum.held + sum.above + sum.below)).toFixed(1);
  const names = [...(sizes[0]?.keys() ?? [])];
  const row = (name: string): string[] => [
    name,
    ...sizes.flatMap((sums) => [
      percent(sums.get(name), 'held'),
      `${percent(sums.get(name), 'above')} / ${percent(sums.get(name), 'below')}`,
    ]),
  ];
  const head = ['interval of', ...SIZES.flatMap(({ samples }) => [`held at ${samples}, %`, 'above / below'])];
  return `Coverage of 95 % intervals\n\n${markdown(head, names.map(row))}`;
}
