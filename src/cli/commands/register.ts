import type { Command } from 'commander';
import { chooseModel } from '../chooseModel.js';
import type { MetricInput, RegisterOptions, TrainingDataInput } from '../client.js';
import { collect, namedFile, namedNumber, pair, readJson, readText } from '../collect.js';
import { type Cli, leaf } from '../leaf.js';
import { uploadBar } from '../uploadBar.js';

interface Options {
  readonly version?: string;
  readonly file?: readonly string[];
  readonly metric?: readonly string[];
  readonly metrics?: string;
  readonly architecture?: string;
  readonly notes?: string;
  readonly tag?: readonly string[];
  readonly output?: readonly string[];
  readonly trainingConfig?: string;
  readonly trainingData?: string;
  readonly idempotencyKey?: string;
  readonly sign?: string;
}

export function addRegister(program: Command, cli: Cli): void {
  const command = program
    .command('register')
    .description('upload the files of a version and register it as a challenger')
    .argument('[model]')
    .option('--version <version>', 'the next patch where it is left out')
    .option('--file <path>', 'a file, or name=path to keep it under another name; may be repeated', collect)
    .option('--metric <name=value>', 'may be repeated', collect)
    .option('--metrics <file>', 'a JSON file {name: number}')
    .option('--architecture <name>')
    .option('--notes <text>')
    .option('--tag <key=value>', 'may be repeated', collect)
    .option('--output <task=tensor>', 'which output answers which task; may be repeated', collect)
    .option('--training-config <file>', 'a JSON file')
    .option('--training-data <file>', 'a JSON file {totalSamples, trainSamples, valSamples, testSamples, eventsIncluded}')
    .option('--sign <file>', 'sign the files with this Ed25519 private key (PEM); needs --version')
    .option('--idempotency-key <key>', 'the same key and input give the first result again');
  leaf<Options>(cli, command, async (session, [named], options) => {
    const input = await inputOf(options);
    const client = await session.client();
    const model = await chooseModel(client, named);
    const bar = await uploadBar(session.io);
    const version = await client.register({ model, ...input, onProgress: bar.onProgress }).finally(bar.stop);
    if (session.json) return void (await session.data(version));
    await session.line(`${version.modelId} is registered as ${version.status.toLowerCase()} with ${version.files.length} files`);
  });
}

async function inputOf(o: Options): Promise<Omit<RegisterOptions, 'model'>> {
  const metrics = [...(await metricsFrom(o.metrics)), ...(o.metric ?? []).map(namedNumber)];
  return {
    files: Object.fromEntries((o.file ?? []).map(namedFile)),
    ...(o.version === undefined ? {} : { version: o.version }),
    ...(metrics.length === 0 ? {} : { metrics }),
    ...(o.architecture === undefined ? {} : { architecture: o.architecture }),
    ...(o.notes === undefined ? {} : { notes: o.notes }),
    ...(o.tag === undefined ? {} : { tags: o.tag.map(pair).map(([key, value]) => ({ key, value })) }),
    ...(o.output === undefined ? {} : { outputs: o.output.map(pair).map(([task, output]) => ({ task, output })) }),
    ...(o.trainingConfig === undefined ? {} : { trainingConfig: await readJson(o.trainingConfig) }),
    ...(o.trainingData === undefined ? {} : { trainingData: (await readJson(o.trainingData)) as TrainingDataInput }),
    ...(o.idempotencyKey === undefined ? {} : { idempotencyKey: o.idempotencyKey }),
    ...(o.sign === undefined ? {} : { privateKey: await readText(o.sign) }),
  };
}

async function metricsFrom(path: string | undefined): Promise<MetricInput[]> {
  if (path === undefined) return [];
  const metrics = (await readJson(path)) as Record<string, number>;
  return Object.entries(metrics).map(([name, value]) => ({ name, value }));
}
