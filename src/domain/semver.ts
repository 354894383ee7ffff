import semver from 'semver';
import { JuaraError } from './errors.js';

/** Parses strictly (no leading `v`, no range); 64 characters at most because the text becomes part of a folder's name. */
export function checkVersion(text: string): string {
  const parsed = text.length <= 64 ? semver.parse(text) : null;
  if (parsed === null || parsed.raw !== text || text !== text.trim() || text.startsWith('v')) {
    const shown = JSON.stringify(text.slice(0, 80));
    throw new JuaraError('INVALID_SEMVER', `${shown} is not a semantic version: write major.minor.patch, e.g. 1.0.1`);
  }
  return text;
}

/** The next patch after the highest release or pre-release; 1.0.0 for the first. */
export function nextPatch(highest: string | null): string {
  return highest === null ? '1.0.0' : (semver.inc(highest, 'patch') ?? '1.0.0');
}

export function compareVersions(a: string, b: string): number {
  return semver.compareBuild(a, b);
}

/**
 * A text whose byte order is semver precedence (semver.org, rule 11), so that a database can sort and page by it.
 * Numbers are padded to the 16 digits of the largest safe integer; `~` puts a release after its pre-releases; in a
 * pre-release each identifier ends in `!`, the lowest printable character, so that a shorter list comes first.
 */
export function versionSortKey(version: string): string {
  const v = semver.parse(checkVersion(version)) as semver.SemVer;
  const number = (n: number): string => String(n).padStart(16, '0');
  const pre = v.prerelease.map((p) => `${typeof p === 'number' ? `0${number(p)}` : `1${p}`}!`).join('');
  const build = v.build.length > 0 ? `+${v.build.join('.')}` : '';
  return `${number(v.major)}.${number(v.minor)}.${number(v.patch)}${pre === '' ? '~' : `-${pre}`}${build}`;
}

/** `convnext`, `1.0.1` -> `convnext_v1.0.1`. */
export function versionId(model: string, version: string): string {
  return `${model}_v${version}`;
}

/** The inverse of versionId; null where the text is none. Semver holds no underscore, so the last `_v` is the border. */
export function parseVersionId(id: string): { model: string; version: string } | null {
  const at = id.lastIndexOf('_v');
  if (at <= 0 || semver.valid(id.slice(at + 2)) === null) return null;
  return { model: id.slice(0, at), version: id.slice(at + 2) };
}
