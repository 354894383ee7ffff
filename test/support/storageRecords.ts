import type { Decision } from '../../src/domain/decision.js';
import type { NewEvent } from '../../src/domain/event.js';
import type { Metric } from '../../src/domain/metric.js';
import { defaultPolicy, type Policy } from '../../src/domain/policy.js';
import type { Model, TokenRecord, TrainingEvent, Version } from '../../src/domain/records.js';
import { versionId } from '../../src/domain/semver.js';

/** Records with every field set to something, for tests that name only what they are about. */
export function aModel(name: string, patch: Partial<Model> = {}): Model {
  const task = {
    name: 'magnitude',
    classes: ['Large', 'Normal'],
    negativeClass: 'Normal',
    criticalClasses: ['Large'],
    bins: [{ class: 'Large', min: 6, max: null }],
  };
  return { name, description: `About ${name}`, createdAt: 1_000, revision: 1, tasks: [task], champion: null, history: null, ...patch };
}

export function aMetric(name: string, value: number): Metric {
  return { name, value, unit: 'PERCENT', direction: 'HIGHER_IS_BETTER', provenance: 'REPORTED', interval: null, benchmark: null };
}

export function aVersion(model: string, version: string, patch: Partial<Version> = {}): Version {
  return {
    id: versionId(model, version),
    model,
    version,
    status: 'CHALLENGER',
    architecture: 'ConvNeXt',
    createdAt: 2_000,
    deployedAt: null,
    archivedAt: null,
    reason: null,
    notes: null,
    previousVersion: null,
    metrics: [aMetric('accuracy', 97.63)],
    trainingConfig: { epochs: 50, optimizer: 'AdamW' },
    trainingData: { totalSamples: 10, trainSamples: 7, valSamples: 2, testSamples: null, eventsIncluded: ['GTO_20260210'] },
    files: [{ name: 'best_model.onnx', sha256: 'a'.repeat(64), bytes: 5_000_000_000, mediaType: 'application/octet-stream' }],
    signature: {
      inputs: [{ name: 'x', dtype: 'float32', shape: [null, 4], dimNames: ['n', null] }],
      outputs: [],
      opset: 17,
      producer: null,
    },
    outputs: [{ task: 'magnitude', output: 'y' }],
    tags: [{ key: 'stage', value: 'night run' }],
    signatures: [{ keyId: 'k', payload: 'e30=', sig: 'c2ln', attachedAt: 2_500, attachedBy: 'pipeline' }],
    ...patch,
  };
}

export function aPolicy(model: string, revision: number): Policy {
  return { ...defaultPolicy([]), model, revision, at: 1_000 + revision, actor: 'ops' };
}

export function aDecision(id: string, model: string, patch: Partial<Decision> = {}): Decision {
  return {
    id,
    at: 5_000,
    model,
    candidate: '1.0.0',
    champion: null,
    policyRevision: 1,
    comparison: null,
    outcome: 'PROMOTE',
    rules: [{ rule: 'NO_HARM', subject: 'accuracy', passed: true, measured: 0.1, limit: 1, detail: 'better' }],
    summary: 'Promote',
    requestedBy: 'ops',
    reason: null,
    overriddenBy: null,
    overrideReason: null,
    awaiting: false,
    applied: true,
    answer: null,
    ...patch,
  };
}

export function aTrainingEvent(model: string, eventId: string, patch: Partial<TrainingEvent> = {}): TrainingEvent {
  return {
    id: `${model}/${eventId}`,
    model,
    eventId,
    status: 'PENDING',
    date: '2026-02-10',
    station: 'GTO',
    labels: [{ task: 'magnitude', value: 6.2, class: 'Large' }],
    addedAt: 3_000,
    validatedAt: null,
    usedBy: null,
    extra: { spectrogram_path: 'a/b.png' },
    ...patch,
  };
}

export function aToken(id: string, patch: Partial<TokenRecord> = {}): TokenRecord {
  return {
    id,
    name: 'pipeline',
    role: 'AUTOMATION',
    models: ['a'],
    hash: `hash of ${id}`,
    createdAt: 1,
    expiresAt: null,
    revokedAt: null,
    ...patch,
  };
}

export function anEvent(type: NewEvent['type'], model: string | null, data: NewEvent['data'] = {}): NewEvent {
  return { type, at: 1_770_000_000_000, actor: 'ops', model, data };
}
