import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { checkVersion, nextPatch, parseVersionId, versionId, versionSortKey } from '../../../src/domain/semver.js';

const number = fc.integer({ min: 0, max: 30 });
const identifier = fc.oneof(fc.integer({ min: 0, max: 200 }).map(String), fc.stringMatching(/^[a-zA-Z-][0-9a-zA-Z-]{0,4}$/));
const version = fc
  .tuple(number, number, number, fc.array(identifier, { maxLength: 3 }))
  .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre.length > 0 ? `-${pre.join('.')}` : ''}`);

describe('semantic versions', () => {
  it('sorts by precedence, the specification’s own example included', () => {
    // semver.org, rule 11.4.
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.0.10',
    ];
    const keys = ordered.map(versionSortKey);
    expect([...keys].sort()).toEqual(keys);
  });

  it('has a sort key whose byte order is semver precedence', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [x, y] = [versionSortKey(a), versionSortKey(b)];
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(semver.compare(a, b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads its own ids back, whatever the model is called', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}[A-Za-z0-9_]$/), version, (model, v) => {
        expect(parseVersionId(versionId(model, v))).toEqual({ model, version: v });
      }),
    );
  });

  it.each(['1.0', 'v1.0.0', '1.0.0.0', '01.0.0', ' 1.0.0', '1.0.0 ', '', 'latest', '^1.0.0', `1.0.0-${'a'.repeat(80)}`])(
    'refuses %j',
    (text) => {
      expect(() => checkVersion(text)).toThrowError(expect.objectContaining({ code: 'INVALID_SEMVER' }));
    },
  );

  it('proposes the next patch', () => {
    expect([nextPatch(null), nextPatch('1.0.9'), nextPatch('2.0.0-rc.1')]).toEqual(['1.0.0', '1.0.10', '2.0.0']);
  });
});
