import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { type Benchmark, type BenchmarkFormat, type CsvLayout, JuaraClientError, type TaskInput } from '../client.js';
import { readJson, whole } from '../collect.js';
import { time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import { table } from '../table.js';
import { uploadBar } from '../uploadBar.js';

interface RegisterOptions {
  readonly tasks?: string;
  readonly model?: string;
  readonly csv?: string;
  readonly format?: string;
}

export function addBenchmark(program: Command, cli: Cli): void {
  const group = program.command('benchmark').description('fixed, hashed test sets');
  addRegister(group, cli);
  const list = group.command('list').description('those that exist, by name').option('--limit <n>', 'at most so many', whole, 100);
  leaf<{ limit: number }>(cli, list, async (session, _, { limit }) => {
    const { nodes } = await (await session.client()).getBenchmarks({ first: limit });
    if (session.json) return void (await session.data(nodes));
    if (nodes.length === 0) return void session.note('the registry holds no benchmark yet');
    const rows = nodes.map((b) => [
      b.name,
      b.format,
      String(b.samples),
      b.tasks.map((t) => t.name).join(' '),
      String(b.uses),
      time(b.createdAt),
    ]);
    await session.line(await table(['BENCHMARK', 'FORMAT', 'SAMPLES', 'TASKS', 'MEASURED', 'CREATED'], rows, [2, 4]));
  });
  const show = group.command('show').description('one of them').argument('<name>');
  leaf(cli, show, async (session, [name = '']) => {
    const benchmark = await (await session.client()).getBenchmark(name);
    if (benchmark === null) throw new JuaraClientError('BENCHMARK_NOT_FOUND', `there is no benchmark ${name}`);
    if (session.json) return void (await session.data(benchmark));
    await session.line(benchmarkText(benchmark));
  });
}

function addRegister(group: Command, cli: Cli): void {
  const command = group
    .command('register')
    .description('upload a test set and register it under a name; it never changes. Takes AUTOMATION')
    .argument('<name>')
    .argument('<file>', 'an NPZ or CSV file')
    .option('--model <name>', 'labelled for the tasks of this model')
    .option('--tasks <file>', 'or for these: a JSON file with an array of {name, classes, negativeClass, criticalClasses}')
    .option('--csv <file>', 'for CSV: a JSON file {input, features: [column], labels: [{task, column}]}')
    .option('--format <format>', 'npz or csv; by the ending of the file where it is left out');
  leaf<RegisterOptions>(cli, command, async (session, [name = '', file = ''], options) => {
    const client = await session.client();
    const tasks = options.tasks === undefined ? await tasksOf(client, options.model) : ((await readJson(options.tasks)) as TaskInput[]);
    const csv = options.csv === undefined ? {} : { csv: (await readJson(options.csv)) as CsvLayout };
    const bar = await uploadBar(session.io);
    const benchmark = await client
      .registerBenchmark({ name, file, format: formatOf(file, options.format), tasks, ...csv, onProgress: bar.onProgress })
      .finally(() => bar.stop());
    if (session.json) return void (await session.data(benchmark));
    await session.line(benchmarkText(benchmark));
  });
}

type TaskSource = { getModel(name: string): Promise<{ readonly tasks: readonly TaskInput[] } | null> };

async function tasksOf(client: TaskSource, model: string | undefined): Promise<readonly TaskInput[]> {
  if (model === undefined) throw usage('say what the samples are labelled for: --model <name> or --tasks <file>');
  const found = await client.getModel(model);
  if (found === null) throw new JuaraClientError('MODEL_NOT_FOUND', `there is no model ${model}`);
  return found.tasks;
}

function formatOf(file: string, said: string | undefined): BenchmarkFormat {
  const format = (said ?? /\.(npz|csv)$/i.exec(file)?.[1] ?? '').toUpperCase();
  if (format === 'NPZ' || format === 'CSV') return format;
  throw usage(`is ${file} NPZ or CSV? Say so with --format`);
}

function benchmarkText({ name, format, samples, sha256, inputs, tasks, uses, createdAt }: Benchmark): string {
  const shapes = inputs.map((i) => `${i.name} ${i.dtype}[${[samples, ...i.sampleShape].join(', ')}]`);
  return [
    name,
    `  samples:   ${samples}, ${format}`,
    `  inputs:    ${shapes.join('; ')}`,
    ...tasks.map((t) => `  task:      ${t.name} (${t.classes.join(', ')})`),
    `  SHA-256:   ${sha256}`,
    `  created:   ${time(createdAt)}`,
    `  measured:  ${uses} versions`,
  ].join('\n');
}
