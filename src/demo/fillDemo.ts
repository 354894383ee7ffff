import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JuaraClient } from '../client/createClient.js';
import { DEMO_TASKS } from './demoTasks.js';
import { PRECURSOR_SEED, type PrecursorModel, trainPrecursorModels } from './precursorModels.js';
import { SEED_REGISTRY } from './seedRegistry.js';
import { seedWeights } from './seedWeights.js';
import { BANDS, makeSpectrograms } from './spectrograms.js';

type Say = (line: string) => void;

const MODEL = 'precursor';
const BENCHMARK = 'precursor-test-2026';

/** Fills an empty registry over its public API: the seed's state, and a model whose versions are trained and measured here and now. */
export async function fillDemo(client: JuaraClient, say: Say): Promise<void> {
  await importSeed(client, say);
  await trainPrecursor(client, say);
}

/** Lays the original pipeline's files out in a temporary folder and imports its registry from there, as its owner would. */
async function importSeed(client: JuaraClient, say: Say): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'juara-seed-'));
  try {
    for (const [place, version] of [
      ['champion', '1.0.1'],
      ['archive/convnext_v1.0.0', '1.0.0'],
    ] as const) {
      const { onnx, classMappings } = seedWeights(version);
      await mkdir(join(folder, place), { recursive: true });
      await writeFile(join(folder, place, 'best_model.onnx'), onnx);
      await writeFile(join(folder, place, 'class_mappings.json'), JSON.stringify(classMappings, null, 2));
    }
    const document = join(folder, 'model_registry.json');
    await writeFile(document, JSON.stringify(SEED_REGISTRY, null, 2));
    const report = await client.importRegistry(document);
    say(`convnext: ${report.versionsCreated} versions and ${report.trainingEventsCreated} validated events imported from a registry v2.0`);
    for (const warning of report.warnings) say(`  warning: ${warning}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The test samples as a CSV file: one column a band, one a task. */
function testSet(): Buffer {
  const features = Array.from({ length: BANDS }, (_, band) => `band_${band}`);
  const rows = makeSpectrograms(PRECURSOR_SEED).test.map((s) => [...s.features, s.magnitude, s.azimuth].join(','));
  return Buffer.from(`${[[...features, 'magnitude', 'azimuth'].join(','), ...rows].join('\n')}\n`);
}

async function registerTestSet(client: JuaraClient, say: Say): Promise<void> {
  const benchmark = await client.registerBenchmark({
    name: BENCHMARK,
    file: testSet(),
    format: 'CSV',
    tasks: DEMO_TASKS,
    csv: {
      input: 'features',
      features: Array.from({ length: BANDS }, (_, band) => `band_${band}`),
      labels: DEMO_TASKS.map(({ name }) => ({ task: name, column: name })),
    },
  });
  say(`${benchmark.name}: ${benchmark.samples} labelled samples, the benchmark that decides`);
}

/** Each version is measured here, and promoted if the numbers allow it; the last one stays a challenger, for the reader to try. */
async function trainPrecursor(client: JuaraClient, say: Say): Promise<void> {
  const description = 'Softmax regression on synthetic spectrogram features: magnitude and azimuth of an expected earthquake';
  await client.createModel({ name: MODEL, description, tasks: DEMO_TASKS });
  await registerTestSet(client, say);
  await client.setPolicy({ model: MODEL, benchmark: BENCHMARK });
  const models = trainPrecursorModels();
  for (const trained of models) {
    const { version } = trained;
    await register(client, trained);
    const accuracy = await measure(client, version);
    say(`precursor ${version}: magnitude accuracy ${accuracy} % measured`);
    if (trained === models.at(-1)) say(`  a challenger for you to try: it is more accurate than the champion`);
    else await decide(client, version, say);
  }
}

async function register(client: JuaraClient, trained: PrecursorModel): Promise<void> {
  const { version, notes, architecture, trainingConfig, trainingData, metrics, onnx, classMappings } = trained;
  const files = {
    'best_model.onnx': onnx,
    'class_mappings.json': json(classMappings),
    'training_config.json': json(trainingConfig),
  };
  await client.register({ model: MODEL, version, notes, architecture, trainingConfig, trainingData, metrics, files });
}

/** Magnitude accuracy with its interval, as the registry has measured it. */
async function measure(client: JuaraClient, version: string): Promise<string> {
  const { id } = await client.evaluate({ model: MODEL, version, benchmark: BENCHMARK });
  const { status, error, metrics } = await client.followEvaluation(id);
  if (status !== 'SUCCEEDED') throw new Error(`precursor ${version} could not be measured: ${error ?? status}`);
  const accuracy = metrics.find((m) => m.name === 'magnitude_accuracy');
  const { value = Number.NaN, interval = null } = accuracy ?? {};
  return interval === null ? value.toFixed(2) : `${value.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
}

async function decide(client: JuaraClient, version: string, say: Say): Promise<void> {
  const { outcome, decision } = await client.promote({ model: MODEL, version });
  say(`  ${outcome.toLowerCase()}: ${decision.comparison?.summary ?? 'the first champion'}`);
  if (outcome === 'REFUSED') await client.reject({ model: MODEL, version, reason: decision.summary });
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
