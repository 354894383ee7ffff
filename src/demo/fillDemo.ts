import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JuaraClient } from '../client/createClient.js';
import { DEMO_TASKS } from './demoTasks.js';
import { trainPrecursorModels } from './precursorModels.js';
import { SEED_REGISTRY } from './seedRegistry.js';
import { seedWeights } from './seedWeights.js';

type Say = (line: string) => void;

/** Fills an empty registry over its public API: the seed's state, and a model whose three versions are trained here and now. */
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

/** Two versions go through a promotion; the third stays a challenger, for the reader to promote and be told why not. */
async function trainPrecursor(client: JuaraClient, say: Say): Promise<void> {
  const description = 'Softmax regression on synthetic spectrogram features: magnitude and azimuth of an expected earthquake';
  await client.createModel({ name: 'precursor', description, tasks: DEMO_TASKS });
  for (const trained of trainPrecursorModels()) {
    const { version, notes, architecture, trainingConfig, trainingData, metrics } = trained;
    const files = {
      'best_model.onnx': trained.onnx,
      'class_mappings.json': json(trained.classMappings),
      'training_config.json': json(trainingConfig),
    };
    await client.register({ model: 'precursor', version, notes, architecture, trainingConfig, trainingData, metrics, files });
    const accuracy = metrics.find((m) => m.name === 'magnitude_accuracy')?.value.toFixed(2);
    if (version === '1.0.2') say(`precursor ${version}: magnitude accuracy ${accuracy} %, a challenger for you to try`);
    else {
      const { outcome } = await client.promote({ model: 'precursor', version });
      say(`precursor ${version}: magnitude accuracy ${accuracy} %, ${outcome.toLowerCase()}`);
    }
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
