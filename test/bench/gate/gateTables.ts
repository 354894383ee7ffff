import type { PairedTestMethod } from '../../../src/domain/policy.js';
import type { GateCount, GateJob } from './gate.js';
import { inWorkers } from './inWorkers.js';
import { markdown } from './markdown.js';
import { CHALLENGERS, CHAMPION } from './settings.js';

interface Question {
  readonly samples: number;
  readonly runs: number;
  readonly points: number;
  readonly test?: PairedTestMethod;
  readonly tries?: number;
  readonly correctForReuse?: boolean;
  readonly tolerances?: boolean;
}

const EQUAL: readonly Question[] = [
  { samples: 300, runs: 800, points: 0 },
  { samples: 300, runs: 400, points: 0, test: 'MCNEMAR_MIDP' },
  { samples: 300, runs: 400, points: 0, test: 'PAIRED_BOOTSTRAP' },
  { samples: 3000, runs: 160, points: 0 },
];
const FAMILIES: readonly Question[] = [
  { samples: 300, runs: 80, points: 0, tries: 50, correctForReuse: true },
  { samples: 300, runs: 16, points: 0, tries: 50 },
  { samples: 3000, runs: 12, points: 0, tries: 50, correctForReuse: true },
];
const BETTER: readonly Question[] = [300, 3000].flatMap((samples) =>
  [2, 5, 10].flatMap((points) => [true, false].map((tolerances) => ({ samples, runs: samples === 300 ? 160 : 40, points, tolerances }))),
);

/** A job gets an eighth of the runs, so that all threads have work. */
const PARTS = 8;

async function ask(questions: readonly Question[], times: number): Promise<(Question & GateCount)[]> {
  const jobs = questions.flatMap(({ samples, runs, points, test, tries, correctForReuse, tolerances }, q) =>
    Array.from({ length: PARTS }, (_, part): GateJob & { kind: 'gate' } => ({
      kind: 'gate',
      seed: 100 * q + part + 1,
      samples,
      runs: Math.ceil((runs * times) / PARTS),
      tries: tries ?? 1,
      challenger: CHALLENGERS.get(points) ?? CHAMPION,
      test: test ?? 'MCNEMAR_EXACT',
      correctForReuse: correctForReuse ?? false,
      tolerances: tolerances ?? false,
    })),
  );
  const counts = await inWorkers<GateCount>(jobs);
  return questions.map((question, q) => {
    const own = counts.slice(q * PARTS, (q + 1) * PARTS);
    const sum = (of: (count: GateCount) => number): number => own.reduce((total, count) => total + of(count), 0);
    return {
      ...question,
      runs: Math.ceil((question.runs * times) / PARTS) * PARTS,
      promoted: sum((c) => c.promoted),
      better: sum((c) => c.better),
    };
  });
}

/** Share with the standard error that so many runs leave. */
function share(count: number, runs: number): string {
  const p = count / runs;
  return `${(100 * p).toFixed(1)} % ± ${(100 * Math.sqrt((p * (1 - p)) / runs)).toFixed(1)}`;
}

export async function gateTables(times: number): Promise<string> {
  const [equal, families, better] = [await ask(EQUAL, times), await ask(FAMILIES, times), await ask(BETTER, times)];
  const named = (test?: PairedTestMethod): string => test ?? 'MCNEMAR_EXACT';
  return [
    'Equal challengers, one try, tolerances off, level 0.05',
    markdown(
      ['samples', 'test', 'runs', 'promoted'],
      equal.map((q) => [q.samples, named(q.test), q.runs, share(q.promoted, q.runs)]),
    ),
    'Equal challengers, 50 tries in a row: runs in which any is promoted',
    markdown(
      ['samples', 'correctForReuse', 'runs', 'promoted'],
      families.map((q) => [q.samples, q.correctForReuse ? 'on' : 'off', q.runs, share(q.promoted, q.runs)]),
    ),
    'Better challengers, one try',
    markdown(
      ['samples', 'points better', 'tolerances', 'runs', 'promoted', 'verdict CANDIDATE_BETTER'],
      better.map((q) => [q.samples, q.points, q.tolerances ? 'on' : 'off', q.runs, share(q.promoted, q.runs), share(q.better, q.runs)]),
    ),
  ].join('\n\n');
}
