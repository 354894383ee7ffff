import { describe, expect, it } from 'vitest';
import { type LifecycleStep, nextStatus, VERSION_STATUSES, type VersionStatus } from '../../../src/domain/lifecycle.js';

/** The whole table, from the life of a version in docs/lifecycle: a code is what the step is refused with. */
const TABLE: Record<Exclude<LifecycleStep, 'archive'>, Record<VersionStatus, string>> = {
  promote: { CHALLENGER: 'CHAMPION', CHAMPION: 'ALREADY_CHAMPION', ARCHIVED: 'INVALID_TRANSITION', REJECTED: 'INVALID_TRANSITION' },
  rollback: { CHALLENGER: 'NEVER_CHAMPION', CHAMPION: 'ALREADY_CHAMPION', ARCHIVED: 'CHAMPION', REJECTED: 'NEVER_CHAMPION' },
  reject: { CHALLENGER: 'REJECTED', CHAMPION: 'INVALID_TRANSITION', ARCHIVED: 'INVALID_TRANSITION', REJECTED: 'INVALID_TRANSITION' },
  nominate: { CHALLENGER: 'INVALID_TRANSITION', CHAMPION: 'INVALID_TRANSITION', ARCHIVED: 'CHALLENGER', REJECTED: 'CHALLENGER' },
};

describe('the life of a version', () => {
  for (const [step, row] of Object.entries(TABLE)) {
    it.each(VERSION_STATUSES)(`${step} from %s`, (status) => {
      const expected = row[status];
      const run = (): string => nextStatus(step as LifecycleStep, 'm_v1.0.0', status);
      if ((VERSION_STATUSES as readonly string[]).includes(expected)) expect(run()).toBe(expected);
      else expect(run).toThrowError(expect.objectContaining({ code: expected }));
    });
  }
});
