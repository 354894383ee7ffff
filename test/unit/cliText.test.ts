import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeVersion, splitModel, splitVersion } from '../../src/cli/chooseModel.js';
import { pair } from '../../src/cli/collect.js';
import { expiry } from '../../src/cli/commands/token.js';
import { labelFrom } from '../../src/cli/commands/training.js';
import { exitCodeOfDecision } from '../../src/cli/decisionText.js';
import { eventLine } from '../../src/cli/eventLine.js';
import { EXIT, exitCodeOf } from '../../src/cli/exitCode.js';
import { bytes, metricDifference, metricValue, shortened, time } from '../../src/cli/format.js';
import { printable, printableJson } from '../../src/cli/printable.js';
import { table } from '../../src/cli/table.js';
import { chooseMetrics, versionTable } from '../../src/cli/versionTable.js';
import type { Metric, Version } from '../../src/client/index.js';

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

function version(text: string, metrics: Record<string, number>, more: Partial<Version> = {}): Version {
  return {
    id: text,
    modelId: `m_v${text}`,
    model: { name: 'm' },
    version: text,
    status: 'ARCHIVED',
    architecture: null,
    createdAt: '2026-02-09T13:00:19.864Z',
    deployedAt: null,
    archivedAt: null,
    reason: null,
    notes: null,
    previousVersion: null,
    metrics: Object.entries(metrics).map(([name, value]) => metric(name, value)),
    tags: [],
    ...more,
  };
}

function metric(name: string, value: number): Metric {
  const unit = name === 'composite_score' ? 'FRACTION' : 'PERCENT';
  return { name, value, unit, direction: 'HIGHER_IS_BETTER', provenance: 'REPORTED', interval: null, benchmark: null };
}

describe('printable', () => {
  it('shows escape sequences instead of sending them', () => {
    expect(printable('\u001b]0;owned\u0007\u001b[2Jx\u202ey\u009b31m\n')).toBe('\\x1b]0;owned\\x07\\x1b[2Jx\\u{202e}y\\x9b31m\\n');
  });

  it('leaves no control or format character of any text, and other text as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !UNSAFE.test(printable(text))));
    expect(printable('Bénin 地震 😀')).toBe('Bénin 地震 😀');
  });

  it('escapes JSON so that it reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = printableJson(value, 2);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        return !UNSAFE.test(text.replaceAll('\n', ''));
      }),
    );
    expect(printableJson({ a: '\u009b\u202e' })).toBe('{"a":"\\u009b\\u202e"}');
  });
});

describe('table', () => {
  it('aligns columns by the width that a terminal gives them', async () => {
    const text = await table(
      ['NAME', 'N'],
      [
        ['地震', '1'],
        ['a', '10'],
      ],
      [1],
    );
    expect(text.split('\n')).toEqual(['NAME   N', '地震   1', 'a     10']);
  });

  it('keeps a cell on its line, whatever it holds', async () => {
    expect((await table(['A', 'B'], [['x\ny\u001b[2J', 'z']])).split('\n')).toHaveLength(2);
  });
});

describe('versionTable', () => {
  it('shows what the original script shows', async () => {
    const champion = version(
      '1.0.1',
      { magnitude_accuracy: 97.63, azimuth_accuracy: 71.28, composite_score: 0.926 },
      { status: 'CHAMPION', deployedAt: '2026-02-09T13:00:19.864Z' },
    );
    const archived = version(
      '1.0.0',
      { magnitude_accuracy: 98.36, azimuth_accuracy: 50.66 },
      { archivedAt: '2026-02-09T13:00:19.864Z', reason: 'Replaced by v1.0.1' },
    );
    expect((await versionTable([champion, archived])).split('\n')).toEqual([
      'VERSION  STATUS    DEPLOYED              ARCHIVED              MAGNITUDE_ACCURACY  AZIMUTH_ACCURACY  COMPOSITE_SCORE  REASON',
      '1.0.1 *  champion  2026-02-09 13:00:19Z  -                                97.63 %           71.28 %           0.9260  -',
      '1.0.0    archived  -                     2026-02-09 13:00:19Z             98.36 %           50.66 %                -  Replaced by v1.0.1',
    ]);
  });

  it('shows the metrics asked for, or the first three where there is no accuracy', () => {
    const v = version('1.0.0', { a: 1, b: 2, c: 3, d: 4 });
    expect(chooseMetrics([v], undefined)).toEqual(['a', 'b', 'c']);
    expect(chooseMetrics([v], ['d'])).toEqual(['d']);
  });
});

describe('format', () => {
  it('writes values in their units', () => {
    expect(metricValue({ value: 97.6315, unit: 'PERCENT' })).toBe('97.63 %');
    expect(metricValue({ value: 0.926, unit: 'FRACTION' })).toBe('0.9260');
    expect(metricValue({ value: 12.34, unit: 'MILLISECONDS' })).toBe('12.3 ms');
    expect(metricDifference(20.62, 'PERCENT')).toBe('+20.62 points');
    expect(metricDifference(null, 'PERCENT')).toBe('-');
    expect([bytes(0), bytes(1023), bytes(1536), bytes(3 * 1024 ** 3)]).toEqual(['0 B', '1023 B', '1.5 KiB', '3.0 GiB']);
    expect([time(null), time('2026-02-09T13:00:19.864Z')]).toEqual(['-', '2026-02-09 13:00:19Z']);
    expect(shortened('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
  });

  it('writes an event on one line, without its escape sequences', () => {
    const base = { cursor: 'c', seq: 7, at: '2026-02-09T13:00:19.864Z', actor: 'ci', model: 'm', hash: 'h' };
    const to = { version: '1.0.1', modelId: 'm_v1.0.1' };
    expect(
      eventLine({
        __typename: 'PromotionEvent',
        type: 'PROMOTED',
        ...base,
        from: null,
        to,
        reason: 'a\nb\u001b',
        decision: null,
        revision: 1,
      }),
    ).toBe('2026-02-09T13:00:19.864Z #7 PROMOTED m none -> 1.0.1 (a\\nb\\x1b) by ci');
    expect(eventLine({ __typename: 'GenericEvent', type: 'MODEL_CREATED', ...base, data: { name: 'm', tasks: [] } })).toBe(
      '2026-02-09T13:00:19.864Z #7 MODEL_CREATED m name=m tasks=[] by ci',
    );
  });
});

describe('arguments', () => {
  it('takes the model in front, or none', () => {
    expect(splitModel(['m', '1', '2'], ['base', 'candidate'])).toEqual({ model: 'm', rest: ['1', '2'] });
    expect(splitModel(['1', '2'], ['base', 'candidate'])).toEqual({ model: undefined, rest: ['1', '2'] });
    expect(() => splitModel(['1'], ['base', 'candidate'])).toThrow('expected [model] <base> <candidate>');
    expect(splitVersion(['m'], '1.0.0')).toEqual({ model: 'm', version: '1.0.0' });
    expect(splitVersion([], '1.0.0')).toEqual({ model: undefined, version: '1.0.0' });
    expect(() => splitVersion(['m', '1.0.0'], '1.0.0')).toThrow('expected');
    expect([looksLikeVersion('1.0.1-rc.1'), looksLikeVersion('convnext'), looksLikeVersion(undefined)]).toEqual([true, false, false]);
  });

  it('reads labels, pairs and spans', () => {
    expect(labelFrom('magnitude=6.2')).toEqual({ task: 'magnitude', value: 6.2 });
    expect(labelFrom('magnitude=Large')).toEqual({ task: 'magnitude', class: 'Large' });
    expect(pair('a=b=c')).toEqual(['a', 'b=c']);
    expect(() => pair('=x')).toThrow('name=value');
    expect(expiry('30d', 0)).toBe('1970-01-31T00:00:00.000Z');
    expect(() => expiry('soon', 0)).toThrow('--expires soon');
  });
});

describe('exit codes', () => {
  it('follow from the public code', () => {
    const codes = [
      'CONFLICT',
      'VERSION_EXISTS',
      'MODEL_NOT_FOUND',
      'UNREACHABLE',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'USAGE',
      'INVALID_SEMVER',
    ];
    expect(codes.map(exitCodeOf)).toEqual([5, 5, 8, 6, 7, 7, 2, 1]);
  });

  it('of a preview are those of the promotion', () => {
    const rule = (name: string, passed: boolean) => ({ rule: name, subject: null, passed, measured: null, limit: null, detail: '' });
    expect(exitCodeOfDecision({ outcome: 'PROMOTE', rules: [] })).toBe(EXIT.OK);
    expect(exitCodeOfDecision({ outcome: 'HOLD', rules: [rule('APPROVED', false), rule('NO_HARM', true)] })).toBe(EXIT.AWAITING_APPROVAL);
    expect(exitCodeOfDecision({ outcome: 'HOLD', rules: [rule('APPROVED', false), rule('EVIDENCE_COMPLETE', false)] })).toBe(EXIT.REFUSED);
  });
});
