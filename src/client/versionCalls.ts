import type { Connection } from './connection.js';
import { operation } from './operation.js';
import { type CountedPage, everyNode, PAGE_INFO, type PageOptions } from './page.js';
import { type Tag, VERSION_DETAIL_FIELDS, VERSION_FIELDS, type Version, type VersionDetail, type VersionStatus } from './version.js';

export interface VersionFilter {
  readonly status?: readonly VersionStatus[];
  readonly architecture?: string;
  /** Part of the version id, architecture, notes or reason, in any case of letters. */
  readonly text?: string;
  /** Inclusive bounds. */
  readonly metric?: { readonly name: string; readonly min?: number; readonly max?: number };
  readonly tag?: Tag;
}

export interface VersionOrder {
  readonly field: 'VERSION' | 'CREATED_AT' | 'METRIC';
  readonly direction: 'ASC' | 'DESC';
  /** With METRIC: only the versions that carry it are listed. */
  readonly metric?: string;
}

export interface VersionListOptions extends PageOptions {
  readonly filter?: VersionFilter;
  readonly orderBy?: VersionOrder;
}

const CHAMPION = operation<{ champion: VersionDetail | null }, { model: string }>(
  `query Champion($model: String!) { champion(model: $model) { ${VERSION_DETAIL_FIELDS} } }`,
);
const CHAMPIONS = operation<{ champions: Version[] }, Record<string, never>>(`query Champions { champions { ${VERSION_FIELDS} } }`);
const VERSION = operation<{ version: VersionDetail | null }, { model: string; version: string }>(
  `query Version($model: String!, $version: SemVer!) { version(model: $model, version: $version) { ${VERSION_DETAIL_FIELDS} } }`,
);
const VERSIONS = operation<{ versions: CountedPage<Version> }, { model: string } & VersionListOptions>(
  `query Versions($model: String!, $filter: VersionFilter, $orderBy: VersionOrder, $first: Int, $after: String) {
    versions(model: $model, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      nodes { ${VERSION_FIELDS} } ${PAGE_INFO} totalCount
    }
  }`,
);
const SET_TAGS = operation<{ setTags: Version }, { model: string; version: string; tags: readonly Tag[] }>(
  `mutation SetTags($model: String!, $version: SemVer!, $tags: [TagInput!]!) {
    setTags(model: $model, version: $version, tags: $tags) { ${VERSION_FIELDS} }
  }`,
);

export interface VersionCalls {
  /** Null before the model's first promotion. */
  getChampion(model: string): Promise<VersionDetail | null>;
  /** The champions of all models. */
  getChampions(): Promise<readonly Version[]>;
  /** Exactly this version, never by a part of its text; null where there is none. */
  getVersion(model: string, version: string): Promise<VersionDetail | null>;
  getVersions(model: string, options?: VersionListOptions): Promise<CountedPage<Version>>;
  /** Every version of the model that passes the filter, page by page. */
  allVersions(model: string, options?: Omit<VersionListOptions, 'after'>): AsyncGenerator<Version, void, undefined>;
  /** Replaces all tags of the version. */
  setTags(model: string, version: string, tags: readonly Tag[]): Promise<Version>;
}

export function versionCalls({ query }: Connection): VersionCalls {
  const getVersions: VersionCalls['getVersions'] = async (model, options = {}) =>
    (await query(VERSIONS, { model, first: 50, ...options })).versions;
  return {
    getVersions,
    getChampion: async (model) => (await query(CHAMPION, { model })).champion,
    getChampions: async () => (await query(CHAMPIONS)).champions,
    getVersion: async (model, version) => (await query(VERSION, { model, version })).version,
    allVersions: (model, options = {}) => everyNode((after) => getVersions(model, { first: 100, ...options, after })),
    setTags: async (model, version, tags) => (await query(SET_TAGS, { model, version, tags })).setTags,
  };
}
