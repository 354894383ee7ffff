import { describe, expect, it } from 'vitest';
import { checkFileName, checkLabel, checkModelName, checkReason } from '../../../src/domain/names.js';

const refused = (run: () => unknown, code = 'INVALID_NAME'): void => expect(run).toThrowError(expect.objectContaining({ code }));

describe('names', () => {
  it.each(['../x', 'a/b', 'a\\b', '.hidden', 'dot.', '', ' ', 'a b', 'a\u0000', 'a\nb', 'x'.repeat(300), 'ⅹ', 'аzure', '-x', 'a\u202eb'])(
    'refuses model name %j',
    (name) => {
      refused(() => checkModelName(name));
    },
  );

  it.each(['convnext', 'a', 'precursor-2.b_C', 'x_v1'])('takes model name %j', (name) => expect(checkModelName(name)).toBe(name));

  it.each(['metadata.json', 'Metadata.JSON', '../w.onnx', 'a/b.onnx', '.env', 'w.onnx.', 'nul\u0000.onnx', '', 'x'.repeat(201)])(
    'refuses file name %j',
    (name) => {
      refused(() => checkFileName(name));
    },
  );

  it('takes markup in labels, for they are shown as text, but nothing invisible', () => {
    expect(checkLabel('<img src=x onerror=alert(1)>', 'the class')).toContain('img');
    refused(() => checkLabel('a\u200bb', 'the class'));
    refused(() => checkLabel('   ', 'the class'));
  });

  it('wants a reason that says something', () => refused(() => checkReason(' \n '), 'INVALID_INPUT'));
});
