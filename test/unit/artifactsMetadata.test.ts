import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMetadata, parseInstant, toMetadata } from '../../src/domain/metadata.js';
import { models, versions } from '../support/recordArbitraries.js';

const SEEN = Date.UTC(2026, 1, 10);
const minimal = { model_id: 'convnext_v1.0.1', status: 'active' };

describe('metadata.json', () => {
  it('says everything that a version and its model are', () => {
    const pairs = models.chain((model) => fc.tuple(fc.constant(model), versions(model.name)));
    fc.assert(
      fc.property(pairs, ([model, version]) => {
        const read = fromMetadata(JSON.parse(JSON.stringify(toMetadata(version, model))), SEEN);
        const { name, description, createdAt, tasks, history } = model;
        expect(read.version).toEqual(version);
        expect(read.model).toEqual({ name, description, createdAt, tasks, history });
        expect(read.notes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps keys that mean something to JavaScript', () => {
    const json = JSON.parse('{"training_config": {"__proto__": {"a": 1}, "constructor": 2}, "metrics": {"constructor": 3}}');
    const { version } = fromMetadata({ ...minimal, ...json }, SEEN);
    expect(JSON.stringify(version.trainingConfig)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(version.metrics.map((m) => [m.name, m.value])).toEqual([['constructor', 3]]);
  });

  it('has the keys and words of the original', () => {
    const [version] = fc.sample(versions('convnext', fc.constant('CHAMPION' as const)), 1);
    if (version === undefined) throw new Error('no sample');
    const metadata = toMetadata({ ...version, createdAt: Date.UTC(2026, 1, 9, 13, 0, 19, 864) }, null);
    expect(Object.keys(metadata)).toEqual([
      'model_id',
      'version',
      'architecture',
      'created_at',
      'deployed_at',
      'archived_at',
      'metrics',
      'training_config',
      'training_data',
      'status',
      'previous_version',
      'reason',
      'notes',
      'files',
      'juara',
    ]);
    expect(metadata).toMatchObject({ status: 'active', created_at: '2026-02-09T13:00:19.864Z' });
  });

  it('is read as the original wrote it: no zone, no files, no model', () => {
    const read = fromMetadata(
      { ...minimal, created_at: '2026-02-09T13:00:19.864123', metrics: { magnitude_accuracy: 97.63, mcc: null }, extra: { unknown: true } },
      SEEN,
    );
    expect(read.version.createdAt).toBe(Date.UTC(2026, 1, 9, 13, 0, 19, 864));
    expect(read.version.metrics).toEqual([
      {
        name: 'magnitude_accuracy',
        value: 97.63,
        unit: 'PERCENT',
        direction: 'HIGHER_IS_BETTER',
        provenance: 'REPORTED',
        interval: null,
        benchmark: null,
      },
    ]);
    expect([read.filesListed, read.model, read.notes]).toEqual([false, null, []]);
    const bare = fromMetadata(minimal, SEEN);
    expect(bare.version.createdAt).toBe(SEEN);
    expect(bare.notes).toEqual([expect.stringContaining('created_at')]);
  });

  it.each([
    ['null', null, 'INVALID_DOCUMENT', 'object'],
    ['a number as status', { ...minimal, status: 1 }, 'INVALID_DOCUMENT', 'status'],
    ['an unknown status', { ...minimal, status: 'gone' }, 'INVALID_DOCUMENT', 'status'],
    ['text as a metric', { ...minimal, metrics: { a: 'x' } }, 'INVALID_DOCUMENT', 'metrics.a'],
    ['NaN', { ...minimal, metrics: { a: Number.NaN } }, 'INVALID_DOCUMENT', 'metrics.a'],
    ['NaN deep inside', { ...minimal, training_config: { a: [Number.NaN] } }, 'INVALID_DOCUMENT', 'training_config'],
    ['no version', { ...minimal, model_id: 'convnext' }, 'INVALID_DOCUMENT', 'model_id'],
    ['two versions', { ...minimal, version: '1.0.2' }, 'INVALID_DOCUMENT', 'contradicts'],
    ['a path as a model', { ...minimal, model_id: '../x_v1.0.0' }, 'INVALID_NAME', 'model name'],
    ['a path as a file', { ...minimal, files: [{ name: '../../x', sha256: 'a'.repeat(64), bytes: 1 }] }, 'INVALID_NAME', 'file name'],
    ['a path as a digest', { ...minimal, files: [{ name: 'x', sha256: '../x', bytes: 1 }] }, 'INVALID_DOCUMENT', 'files[0].sha256'],
    ['a day that is none', { ...minimal, created_at: '2026-02-31T00:00:00' }, 'INVALID_DOCUMENT', 'created_at'],
  ])('refuses %s', (_what, json, code, text) => {
    expect(() => fromMetadata(json, SEEN)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
  });
});

describe('an ISO time', () => {
  it.each([
    ['2026-02-09T13:00:19.864', '2026-02-09T13:00:19.864Z'],
    ['2026-02-09T13:00:19.864Z', '2026-02-09T13:00:19.864Z'],
    ['2026-02-09 13:00:19', '2026-02-09T13:00:19.000Z'],
    ['2026-02-09T20:00:19.864+07:00', '2026-02-09T13:00:19.864Z'],
    ['2026-02-09', '2026-02-09T00:00:00.000Z'],
    ['2024-02-29T00:00:00', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, wanted) => {
    expect(parseInstant(text)).toBe(Date.parse(wanted));
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01T00:00:00', '2026-02-09T25:00:00', '09.02.2026', '1770642019864'])(
    '%s is none',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );
});
