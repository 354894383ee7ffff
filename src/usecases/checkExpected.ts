import { JuaraError } from '../domain/errors.js';
import type { Model } from '../domain/records.js';
import { checkVersion } from '../domain/semver.js';

/** The compare of compare-and-set: CONFLICT where another version is champion than the client believes. Null: it does not say. */
export function checkExpected(model: Model, expectedChampion: string | null): void {
  if (expectedChampion === null || checkVersion(expectedChampion) === model.champion) return;
  const now = model.champion ?? 'no version';
  throw new JuaraError(
    'CONFLICT',
    `${now} is champion of ${model.name} by now, not ${expectedChampion}: read the state again and decide anew`,
    {
      champion: model.champion,
      expectedChampion,
    },
  );
}
