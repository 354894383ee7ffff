import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.js';
import type { TrainingEvent, Version } from '../../src/domain/records.js';
import { parseRegistryDocument, type RegistryEntry, type RegistryState, toRegistryDocument } from '../../src/domain/registryDocument.js';
import { compareVersions } from '../../src/domain/semver.js';
import { aModel, aVersion } from '../support/mirrorHome.js';
import { instants, models, trainingEvents, versions, versionTexts } from '../support/recordArbitraries.js';

// biome-ignore lint/suspicious/noExplicitAny: documents are taken apart and bent out of shape below
type Loose = any;
const original = (): Loose => JSON.parse(readFileSync(new URL('../fixtures/registry-v2.json', import.meta.url), 'utf8'));
const reread = (state: RegistryState): { document: JsonObject; parsed: ReturnType<typeof parseRegistryDocument> } => {
  const document = JSON.parse(JSON.stringify(toRegistryDocument(state)));
  return { document, parsed: parseRegistryDocument(document) };
};
const nothing = { all: 0, applied: 0, last: null };

/** At most one champion, each version text once. */
const states: fc.Arbitrary<RegistryState> = models.chain((model) =>
  fc.record({
    model: fc.constant(model),
    versions: fc
      .tuple(
        fc.array(versions(model.name, fc.constant('CHAMPION' as const)), { maxLength: 1 }),
        fc.array(versions(model.name, fc.constantFrom('CHALLENGER' as const, 'ARCHIVED' as const, 'REJECTED' as const)), { maxLength: 6 }),
      )
      .map(([champion, others]) => [...new Map([...others, ...champion].map((v) => [v.version, v])).values()]),
    trainingEvents: fc.array(trainingEvents, { maxLength: 4 }),
    rollbackFrom: fc.option(versionTexts, { nil: null }),
    decisions: fc.record({ all: fc.nat(), applied: fc.constant(0), last: fc.option(instants, { nil: null }) }),
    lastUpdated: instants,
  }),
);

function expectEntry(entry: RegistryEntry | undefined, v: Version): void {
  expect(entry).toMatchObject({
    modelId: v.id,
    version: v.version,
    architecture: v.architecture,
    createdAt: v.createdAt,
    deployedAt: v.deployedAt,
    archivedAt: v.archivedAt,
    metrics: v.metrics.map(({ name, value, unit, direction }) => ({ name, value, unit, direction })),
    trainingData: v.trainingData,
    trainingConfig: v.trainingConfig,
    previousVersion: v.previousVersion,
    reason: v.reason,
    notes: v.notes,
    files: v.files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    tags: v.tags,
    outputs: v.outputs,
    outcome: v.status === 'REJECTED' ? 'rejected' : v.status === 'ARCHIVED' ? 'archived' : null,
  });
}

const told = ({ eventId, date, station, labels, addedAt, validatedAt, extra }: TrainingEvent): object => ({
  eventId,
  date,
  station,
  labels,
  addedAt,
  validatedAt,
  extra,
});

describe('a registry document of ours', () => {
  it('gives back everything that it holds', () => {
    fc.assert(
      fc.property(states, (state) => {
        const { parsed } = reread(state);
        const of = (status: Version['status'][]): Version[] => state.versions.filter((v) => status.includes(v.status));
        const [champion] = of(['CHAMPION']);
        if (champion === undefined) expect(parsed.champion).toBeNull();
        else {
          expectEntry(parsed.champion ?? undefined, champion);
          expect(parsed.champion?.rollbackFrom).toBe(state.rollbackFrom);
        }
        const find = (entries: readonly RegistryEntry[], v: Version): RegistryEntry | undefined =>
          entries.find((e) => e.version === v.version);
        for (const v of of(['CHALLENGER'])) expectEntry(find(parsed.challengers, v), v);
        for (const v of of(['ARCHIVED', 'REJECTED'])) expectEntry(find(parsed.archive, v), v);
        expect(parsed.challengers.length + parsed.archive.length).toBe(state.versions.length - (champion === undefined ? 0 : 1));
        expect(parsed.warnings).toEqual([]);
        expect([parsed.modelName, parsed.lastUpdated]).toEqual([state.model.name, state.lastUpdated]);
        const { description, createdAt, tasks } = state.model;
        expect(parsed.model).toEqual({ description, createdAt, tasks });
        const events = (status: string): TrainingEvent[] => state.trainingEvents.filter((e) => e.status === status);
        expect(parsed.validatedEvents.map((e) => ({ ...e, usedBy: undefined }))).toEqual(
          events('VALIDATED').map((e) => ({ ...told(e), usedBy: undefined })),
        );
        expect(parsed.pendingEvents.map((e) => e.eventId)).toEqual(events('PENDING').map((e) => e.eventId));
        expect(parsed.otherEvents).toEqual(
          state.trainingEvents
            .filter((e) => !['PENDING', 'VALIDATED'].includes(e.status))
            .map((e) => ({ ...told(e), status: e.status, usedBy: e.usedBy })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('has the keys, words and paths of registry v2.0', () => {
    const files = [
      { name: 'class_mappings.json', sha256: 'a'.repeat(64), bytes: 3, mediaType: 'application/json' },
      { name: 'best_model.onnx', sha256: 'b'.repeat(64), bytes: 5, mediaType: 'application/octet-stream' },
    ];
    const { document } = reread({
      model: aModel('convnext', { history: { totalRuns: 1, successfulUpdates: 1, failedUpdates: 0, lastRun: 5 } }),
      versions: [
        aVersion('convnext', '1.0.10', 'CHALLENGER', { createdAt: 9 }),
        aVersion('convnext', '1.0.9', 'CHALLENGER', { createdAt: 8 }),
        aVersion('convnext', '1.0.2', 'REJECTED', { reason: 'lost' }),
        aVersion('convnext', '1.0.1', 'CHAMPION', { files, previousVersion: '1.0.0' }),
        aVersion('convnext', '1.0.0', 'ARCHIVED'),
      ],
      trainingEvents: [],
      rollbackFrom: '1.0.2',
      decisions: { all: 3, applied: 1, last: 7 },
      lastUpdated: 0,
    });
    expect(Object.keys(document)).toEqual(expect.arrayContaining(Object.keys(original())));
    expect(document).toMatchObject({
      registry_version: '2.0.0',
      champion: {
        model_id: 'convnext_v1.0.1',
        path: 'champion/convnext/best_model.onnx',
        config_path: 'champion/convnext/class_mappings.json',
        metadata_path: 'champion/convnext/metadata.json',
        status: 'active',
        previous_version: '1.0.0',
        rollback_from: '1.0.2',
      },
      challenger: { version: '1.0.10', path: 'challenger/convnext_v1.0.10', status: 'challenger' },
      challengers: [{ version: '1.0.10' }, { version: '1.0.9' }],
      archive: [
        { version: '1.0.0', path: 'archive/convnext_v1.0.0', metadata_path: 'archive/convnext_v1.0.0/metadata.json' },
        { version: '1.0.2', reason: 'lost', outcome: 'rejected' },
      ],
      pipeline_history: { total_runs: 4, successful_updates: 2, failed_updates: 2, last_run: '1970-01-01T00:00:00.007Z' },
      pending_events: { count: 0, events: [], last_added: null },
      all_versions: [
        { version: '1.0.0', status: 'archived', path: 'archive/convnext_v1.0.0' },
        { version: '1.0.1', status: 'champion', path: 'champion/convnext' },
        { version: '1.0.2', status: 'archived' },
        { version: '1.0.9', status: 'challenger' },
        { version: '1.0.10', status: 'challenger' },
      ],
    });
  });

  it('lists versions by precedence and tells of an empty model, too', () => {
    fc.assert(
      fc.property(states, (state) => {
        const listed = (reread(state).document as Loose).all_versions.map((v: { version: string }) => v.version);
        expect(listed).toEqual(state.versions.map((v) => v.version).sort(compareVersions));
      }),
      { numRuns: 30 },
    );
    const { parsed } = reread({
      model: aModel('m'),
      versions: [],
      trainingEvents: [],
      rollbackFrom: null,
      decisions: nothing,
      lastUpdated: 0,
    });
    expect(parsed).toMatchObject({ modelName: 'm', champion: null, challengers: [], archive: [] });
  });
});

describe('the document of the original', () => {
  it('is read whole', () => {
    const parsed = parseRegistryDocument(original());
    expect(parsed).toMatchObject({
      modelName: 'convnext',
      champion: {
        version: '1.0.1',
        deployedAt: Date.UTC(2026, 1, 9, 13, 0, 19, 864),
        previousVersion: '1.0.0',
        trainingData: { totalSamples: 1972, eventsIncluded: [] },
      },
      challengers: [],
      archive: [{ version: '1.0.0', reason: 'Replaced by v1.0.1 (better azimuth accuracy)', outcome: 'archived', files: [] }],
      pendingEvents: [],
      history: { totalRuns: 1, successfulUpdates: 1, failedUpdates: 0 },
      model: null,
      warnings: [],
    });
    expect(Object.fromEntries((parsed.champion?.metrics ?? []).map((m) => [m.name, m.value]))).toEqual({
      magnitude_accuracy: 97.63,
      azimuth_accuracy: 71.28,
      magnitude_f1: 96.48,
      azimuth_f1: 61.99,
      composite_score: 0.926,
    });
    expect(parsed.validatedEvents.map((e) => [e.eventId, ...e.labels.map((l) => `${l.value} ${l.class}`)])).toEqual([
      ['GTO_20260210', '6.2 Large', '45 NE'],
      ['SCN_20260211', '5.5 Medium', '180 S'],
      ['TRT_20260213', '0 Normal', '0 Normal'],
      ['MLB_20260212', '4.8 Moderate', '270 W'],
      ['KPY_20260214', '5.2 Medium', '90 E'],
    ]);
    expect(parsed.validatedEvents[0]?.extra).toEqual({ spectrogram_path: 'data/spectrograms/GTO_20260210.png' });
  });

  it('may lack what older files lack, and may hold what we do not know', () => {
    const older = original();
    for (const key of ['version', 'metadata_path', 'reason']) delete older.archive[0][key];
    delete older.champion.version;
    older.champion.path = '/srv/pipeline/models/champion/best_model.pth';
    delete older.pending_events;
    delete older.all_versions[0].version;
    older.something = { new: true };
    older.archive.push({ path: 'C:\\models\\archive\\convnext_v0.9.0\\best_model.pth' });
    const parsed = parseRegistryDocument(older);
    expect(parsed.champion?.version).toBe('1.0.1');
    expect(parsed.archive.map((e) => [e.version, e.reason, e.metadataPath])).toEqual([
      ['1.0.0', null, null],
      ['0.9.0', null, null],
    ]);
  });

  it('may name pending events by id alone, and events by value alone', () => {
    const document = original();
    document.pending_events = { count: 2, events: ['GTO_1', { event_id: 'GTO_2', magnitude: 5.1, azimuth_class: 'N' }], last_added: null };
    expect(parseRegistryDocument(document).pendingEvents.map((e) => [e.eventId, e.labels])).toEqual([
      ['GTO_1', []],
      [
        'GTO_2',
        [
          { task: 'magnitude', value: 5.1, class: null },
          { task: 'azimuth', value: null, class: 'N' },
        ],
      ],
    ]);
  });

  it('may contradict itself in ways that have one sensible reading, which is told', () => {
    const document = original();
    document.archive.push({ ...document.archive[0], archived_at: '2026-02-10T00:00:00', reason: 'again' });
    document.archive.push({ model_id: 'convnext_v1.0.1' });
    document.all_versions.push({ version: '0.8.0', status: 'archived', path: 'x' }, { version: '0.7.0', status: 'champion', path: 'y' });
    const parsed = parseRegistryDocument(document);
    expect(parsed.champion?.version).toBe('1.0.1');
    expect(parsed.archive.map((e) => [e.version, e.reason]).sort()).toEqual([
      ['0.7.0', null],
      ['0.8.0', null],
      ['1.0.0', 'again'],
    ]);
    expect(parsed.warnings.length).toBe(3);
  });

  it.each<[string, (d: Loose) => unknown, string]>([
    ['no object', () => [], 'the document'],
    ['another release', (d) => Object.assign(d, { registry_version: '3.0.0' }), 'registry_version'],
    ['no release', (d) => Object.assign(d, { registry_version: undefined }), 'registry_version'],
    [
      'text as a metric',
      (d) => Object.assign(d.champion.metrics, { magnitude_accuracy: '97' }),
      'champion.metrics.magnitude_accuracy: expected number',
    ],
    [
      'NaN as a metric',
      (d) => Object.assign(d.champion.metrics, { magnitude_accuracy: Number.NaN }),
      'champion.metrics.magnitude_accuracy',
    ],
    ['an object as the archive', (d) => Object.assign(d, { archive: {} }), 'archive: expected array'],
    [
      'a time that is none',
      (d) => Object.assign(d.archive[0], { archived_at: 'yesterday' }),
      'archive[0].archived_at: expected an ISO 8601 time',
    ],
    ['a number as version', (d) => Object.assign(d.champion, { version: 1 }), 'champion.version: expected string'],
    ['no semantic version', (d) => Object.assign(d.champion, { version: 'latest', model_id: 'convnext' }), 'champion.version'],
    ['a version that contradicts model_id', (d) => Object.assign(d.champion, { version: '1.0.10' }), 'champion.version'],
    ['another model', (d) => Object.assign(d.archive[0], { model_id: 'other_v1.0.0' }), 'one model'],
    ['an unknown status', (d) => Object.assign(d.all_versions[0], { status: 'gone' }), 'all_versions[0].status'],
    ['an event without id', (d) => delete d.validated_events[1].event_id, 'validated_events[1].event_id'],
    ['text as a magnitude', (d) => Object.assign(d.validated_events[1], { magnitude_value: 'big' }), 'validated_events[1].magnitude_value'],
    ['a negative count', (d) => Object.assign(d.pipeline_history, { total_runs: -1 }), 'pipeline_history.total_runs'],
    ['no version at all', (d) => Object.assign(d, { champion: null, archive: [], all_versions: [] }), 'champion.model_id'],
  ])('is refused with the place and the expectation: %s', (what, bend, message) => {
    const document = original();
    const bent = bend(document);
    const value = what === 'no object' ? bent : document;
    expect(() => parseRegistryDocument(value)).toThrow(
      expect.objectContaining({ code: 'INVALID_DOCUMENT', message: expect.stringContaining(message) }),
    );
  });
});
