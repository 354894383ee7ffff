import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Benchmark } from '../../domain/benchmark.js';
import { JuaraError } from '../../domain/errors.js';
import type { Evaluation } from '../../domain/evaluation.js';
import type { JsonObject } from '../../domain/json.js';
import type { Metric } from '../../domain/metric.js';
import { METADATA_FILE } from '../../domain/names.js';
import type { Model, ModelFile, Version } from '../../domain/records.js';
import type { CallerContext } from '../context.js';
import { findBenchmarkOrNull } from '../findBenchmark.js';
import { findModel } from '../findModel.js';
import { JsonScalar } from '../scalars/json.js';
import { BenchmarkType } from '../types/benchmark.js';
import { EvaluationType } from '../types/evaluation.js';
import { MetricType } from '../types/metric.js';
import { ModelType } from '../types/model.js';
import { ModelFileType } from '../types/modelFile.js';
import { VersionType } from '../types/version.js';
import { versionFolder } from './versionFolder.js';

@Resolver(() => VersionType)
export class VersionFields {
  @FieldResolver(() => String)
  modelId(@Root() version: Version): string {
    return version.id;
  }

  @FieldResolver(() => ModelType, { description: 'The model that it is a version of.' })
  model(@Root() version: Version, @Ctx() context: CallerContext): Promise<Model> {
    return findModel(context, version.model);
  }

  @FieldResolver(() => MetricType, { nullable: true, description: 'The metric of this name; null: the version has none.' })
  metric(@Root() version: Version, @Arg('name', () => String, { description: 'Its name, matched exactly.' }) name: string): Metric | null {
    return version.metrics.find((m) => m.name === name) ?? null;
  }

  @FieldResolver(() => String, { description: 'Role folder, relative to the models directory, e.g. archive/convnext_v1.0.0.' })
  path(@Root() version: Version): string {
    return versionFolder(version);
  }

  @FieldResolver(() => String, { description: 'Relative to the models directory, e.g. archive/convnext_v1.0.0/metadata.json.' })
  metadataPath(@Root() version: Version): string {
    return `${versionFolder(version)}/${METADATA_FILE}`;
  }

  @FieldResolver(() => JsonScalar, { description: 'metadata.json as it stands on disk; ARTIFACT_MISSING where it is gone.' })
  async metadata(@Root() { id }: Version, @Ctx() { deps }: CallerContext): Promise<JsonObject> {
    const metadata = await deps.folders.readMetadata(id);
    if (metadata === null) {
      throw new JuaraError('ARTIFACT_MISSING', `${METADATA_FILE} of ${id} is gone or unreadable: restart the server, which writes it anew`);
    }
    return metadata;
  }

  @FieldResolver(() => [EvaluationType], { description: 'Its latest 100 measurements, newest first; may be empty.' })
  evaluations(@Root() { model, version }: Version, @Ctx() { deps }: CallerContext): Promise<Evaluation[]> {
    return deps.store.reads.evaluationsOf(model, version, 100);
  }
}

@Resolver(() => ModelFileType)
export class ModelFileFields {
  @FieldResolver(() => String, { description: 'Where to GET it on this server, under the name it has in the folder.' })
  downloadPath(@Root() { sha256, name }: ModelFile): string {
    return `/artifacts/${sha256}?name=${encodeURIComponent(name)}`;
  }
}

@Resolver(() => MetricType)
export class MetricFields {
  @FieldResolver(() => BenchmarkType, { nullable: true, description: 'What it was measured on; null for a reported metric.' })
  benchmark(@Root() metric: Metric, @Ctx() context: CallerContext): Promise<Benchmark> | null {
    return findBenchmarkOrNull(context, metric.benchmark);
  }
}
