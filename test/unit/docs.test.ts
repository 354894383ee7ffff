import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorsPage } from '../../scripts/errorsPage.mjs';
import { ERROR_CODES } from '../../src/domain/errors.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('documents', () => {
  it('docs/errors.md is what the code says (npm run docs writes it)', () => expect(read('docs/errors.md')).toBe(errorsPage(ERROR_CODES)));

  it('docs/guarantees.md names tests that exist', () => {
    const named = [...read('docs/guarantees.md').matchAll(/`(test\/[^`]+\.ts)`/g)].map((m) => m[1] as string);
    expect(named.length).toBeGreaterThan(7);
    for (const path of named) expect(() => read(path)).not.toThrow();
  });
});
