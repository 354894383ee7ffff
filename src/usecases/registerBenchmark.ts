import type { Actor } from '../domain/actor.js';
import type { Benchmark, BenchmarkFormat, CsvLayout } from '../domain/benchmark.js';
import { JuaraError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { checkModelName } from '../domain/names.js';
import type { Task } from '../domain/task.js';
import type { Deps } from '../ports.js';
import { type TaskInput, tasksFrom } from './createModel.js';
import { benchmarkSource, requireSoundBenchmark } from './foundBenchmark.js';

export interface RegisterBenchmarkInput {
  readonly name: string;
  /** SHA-256 of its file. */
  readonly file: string;
  readonly format: BenchmarkFormat;
  readonly tasks: readonly TaskInput[];
  readonly csv?: CsvLayout | null;
}

type Draft = Omit<Benchmark, 'samples' | 'inputs'>;

/**
 * Reads the whole file once, in a process of its own, and keeps what it found. Registering the same again changes nothing;
 * BENCHMARK_EXISTS where the name stands for another file, format or labelling.
 */
export async function registerBenchmark(deps: Deps, actor: Actor, input: RegisterBenchmarkInput): Promise<Benchmark> {
  const draft = check(deps, input);
  const earlier = await deps.store.reads.benchmark(draft.name);
  if (earlier !== null) return sameOrTaken(earlier, draft);
  if ((await deps.blobs.size(draft.sha256)) === null) {
    throw new JuaraError(
      'ARTIFACT_NOT_FOUND',
      `nothing with SHA-256 ${draft.sha256} was uploaded; PUT it to /artifacts/${draft.sha256} first`,
    );
  }
  await requireSoundBenchmark(deps.blobs, draft);
  const { samples, inputs } = await deps.scanner.scan(benchmarkSource(deps.blobs, { ...draft, samples: 0, inputs: [] }));
  const benchmark: Benchmark = { ...draft, samples, inputs };
  await deps.store.inTransaction(async (tx) => {
    await tx.insertBenchmark(benchmark);
    const { name, sha256, format } = benchmark;
    const data = { name, sha256, format, samples, tasks: benchmark.tasks.map((t) => t.name) };
    await tx.append({ type: 'BENCHMARK_REGISTERED', at: benchmark.createdAt, actor: actor.name, model: null, data });
  });
  return benchmark;
}

function check(deps: Deps, input: RegisterBenchmarkInput): Draft {
  const tasks = tasksFrom(input.tasks);
  if (tasks.length === 0) throw new JuaraError('INVALID_INPUT', 'tasks are empty: say what the samples are labelled for');
  const csv = input.csv ?? null;
  if (input.format === 'CSV' && csv === null)
    throw new JuaraError('INVALID_INPUT', 'a CSV file needs `csv`, which says what each column is');
  if (input.format === 'NPZ' && csv !== null)
    throw new JuaraError('INVALID_INPUT', '`csv` is for CSV files: the arrays of an NPZ file name themselves');
  if (csv !== null) checkLayout(csv, tasks);
  return {
    name: checkModelName(input.name, 'the benchmark name'),
    sha256: input.file,
    format: input.format,
    csv,
    tasks,
    createdAt: deps.now(),
    uses: 0,
  };
}

function checkLayout({ features, labels }: CsvLayout, tasks: readonly Task[]): void {
  if (features.length === 0) throw new JuaraError('INVALID_INPUT', 'csv.features are empty: name the columns that the model is fed');
  const columns = [...features, ...labels.map((l) => l.column)];
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw new JuaraError('INVALID_INPUT', `csv names column ${JSON.stringify(twice)} twice`);
  const missing = tasks.find((t) => !labels.some((l) => l.task === t.name));
  if (missing !== undefined) throw new JuaraError('INVALID_INPUT', `csv.labels has no column for task ${missing.name}`);
  const foreign = labels.find((l) => !tasks.some((t) => t.name === l.task));
  if (foreign !== undefined)
    throw new JuaraError('INVALID_INPUT', `csv.labels names ${JSON.stringify(foreign.task)}, which is none of the tasks`);
}

function sameOrTaken(earlier: Benchmark, draft: Draft): Benchmark {
  const identity = ({ sha256, format, csv, tasks }: Draft): string => canonicalJson({ sha256, format, csv, tasks } as unknown as Json);
  if (identity(earlier) === identity(draft)) return earlier;
  throw new JuaraError(
    'BENCHMARK_EXISTS',
    `benchmark ${earlier.name} is registered with SHA-256 ${earlier.sha256} and never changes: choose another name`,
  );
}
