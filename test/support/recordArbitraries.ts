import fc from 'fast-check';
import type { JsonObject } from '../../src/domain/json.js';
import { VERSION_STATUSES, type VersionStatus } from '../../src/domain/lifecycle.js';
import { METRIC_UNITS, type Metric } from '../../src/domain/metric.js';
import { PRECURSOR_TASKS } from '../../src/domain/precursor.js';
import type { Model, ModelFile, TrainingEvent, Version } from '../../src/domain/records.js';
import { versionId } from '../../src/domain/semver.js';

const orNull = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null });
export const instants = fc.integer({ min: 0, max: 253_402_300_799_999 });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const names = fc.stringMatching(/^[a-z][a-z0-9._-]{0,11}[a-z0-9]$/);
export const versionTexts = fc
  .tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.constantFrom('', '-rc.1', '-alpha', '+build.7', '-rc.2+b'))
  .map(([a, b, c, suffix]) => `${a}.${b}.${c}${suffix}`);
const digests = fc.stringMatching(/^[0-9a-f]{64}$/);
const counts = orNull(fc.nat());

const metrics: fc.Arbitrary<Metric> = fc.record({
  name: names,
  value: finite,
  unit: fc.constantFrom(...METRIC_UNITS),
  direction: fc.constantFrom('HIGHER_IS_BETTER', 'LOWER_IS_BETTER'),
  provenance: fc.constantFrom('REPORTED', 'MEASURED'),
  interval: orNull(fc.record({ low: finite, high: finite, level: finite, method: fc.string() })),
  benchmark: orNull(names),
});
const files: fc.Arbitrary<ModelFile> = fc.record({ name: names, sha256: digests, bytes: fc.nat(), mediaType: fc.string() });
const tensors = fc.record({
  name: fc.string(),
  dtype: fc.string(),
  shape: fc.array(orNull(fc.nat()), { maxLength: 3 }),
  dimNames: fc.array(orNull(fc.string()), { maxLength: 3 }),
});

export const versions = (
  model: string,
  status: fc.Arbitrary<VersionStatus> = fc.constantFrom(...VERSION_STATUSES),
): fc.Arbitrary<Version> =>
  fc
    .record({
      version: versionTexts,
      status,
      architecture: orNull(fc.string()),
      createdAt: instants,
      deployedAt: orNull(instants),
      archivedAt: orNull(instants),
      reason: orNull(fc.string({ unit: 'grapheme' })),
      notes: orNull(fc.string()),
      previousVersion: orNull(versionTexts),
      metrics: fc.uniqueArray(metrics, { selector: (m) => m.name, maxLength: 4 }),
      trainingConfig: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
      trainingData: orNull(
        fc.record({
          totalSamples: counts,
          trainSamples: counts,
          valSamples: counts,
          testSamples: counts,
          eventsIncluded: fc.array(names, { maxLength: 3 }),
        }),
      ),
      files: fc.uniqueArray(files, { selector: (f) => f.name, maxLength: 3 }),
      signature: orNull(
        fc.record({
          inputs: fc.array(tensors, { maxLength: 2 }),
          outputs: fc.array(tensors, { maxLength: 2 }),
          opset: counts,
          producer: orNull(fc.string()),
        }),
      ),
      outputs: fc.array(fc.record({ task: names, output: fc.string() }), { maxLength: 2 }),
      tags: fc.array(fc.record({ key: fc.string(), value: fc.string() }), { maxLength: 2 }),
      signatures: fc.array(
        fc.record({ keyId: fc.string(), payload: fc.string(), sig: fc.string(), attachedAt: instants, attachedBy: fc.string() }),
        { maxLength: 2 },
      ),
    })
    .map((v) => ({ ...v, model, id: versionId(model, v.version) }));

export const models: fc.Arbitrary<Model> = fc.record({
  name: fc.constantFrom('m', 'convnext', 'a.b_v2'),
  description: orNull(fc.string()),
  createdAt: instants,
  revision: fc.nat(),
  tasks: fc.constantFrom([], PRECURSOR_TASKS),
  champion: fc.constant(null),
  history: orNull(fc.record({ totalRuns: fc.nat(), successfulUpdates: fc.nat(), failedUpdates: fc.nat(), lastRun: orNull(instants) })),
});

const labels = fc.record({ task: fc.oneof(names, fc.constantFrom('magnitude', 'azimuth')), value: orNull(finite), class: fc.string() });
export const trainingEvents: fc.Arbitrary<TrainingEvent> = fc.record({
  id: fc.uuid(),
  model: fc.constant('m'),
  eventId: names,
  status: fc.constantFrom('PENDING', 'VALIDATED', 'RESERVED', 'CONSUMED', 'DISCARDED'),
  date: fc.constantFrom('2026-02-10', '2026-02-11'),
  station: orNull(names),
  labels: fc.uniqueArray(labels, { selector: (l) => l.task, maxLength: 3 }),
  addedAt: instants,
  validatedAt: orNull(instants),
  usedBy: orNull(versionTexts),
  extra: orNull(fc.constantFrom<JsonObject>({ spectrogram_path: 'a/b.png' }, { quality: 3, nested: { deep: [1, null] } })),
});
