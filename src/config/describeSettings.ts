import { type Environment, settingText } from './readSetting.js';
import type { Setting } from './setting.js';
import { OTHER_SETTINGS, SERVER_SETTINGS } from './settings.js';

/** A line of `juara config`. */
export interface SettingRow {
  readonly name: string;
  /** The text in force, secrets masked; empty where there is none. */
  readonly value: string;
  readonly from: 'environment' | 'default';
  readonly default: string;
  readonly kind: string;
  readonly description: string;
}

/** Hides a token, and the password and query of a URL. */
export function masked(setting: Setting<unknown>, text: string): string {
  if (setting.secret) return '********';
  if (!/^[a-z]+:\/\//i.test(text)) return text;
  if (!URL.canParse(text)) return '********';
  const url = new URL(text);
  if (url.password !== '') url.password = '********';
  return url.search === '' ? url.href.replace(/\/$/, '') : `${url.href.slice(0, -url.search.length)}?********`;
}

/** Every setting with its present value. Does not check the values, so that it can show a wrong one. */
export function describeSettings(env: Environment): SettingRow[] {
  return [...Object.values(SERVER_SETTINGS), ...Object.values(OTHER_SETTINGS)].map((setting: Setting<unknown>) => ({
    name: setting.name,
    value: masked(setting, settingText(env, setting) ?? ''),
    from: env[setting.name] ? 'environment' : 'default',
    default: setting.default ?? '',
    kind: setting.kind,
    description: setting.description,
  }));
}

function markdownTable(settings: readonly Setting<unknown>[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = settings.map((s) => {
    const fallback = s.default ? `\`${s.default}\`` : 'none';
    return `| \`${s.name}\` | ${cell(fallback)} | ${cell(s.kind).replaceAll('<', '&lt;')} | ${cell(s.description)} |`;
  });
  return ['| Variable | Default | Value | Meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  return `# Configuration

Juara is set up by environment variables. \`juara config\` prints all of them with their present values. A variable that begins with
\`JUARA_\` and is not listed here stops the server at its start, so that a misspelt one is not silently ignored. An empty variable
counts as unset. This page is generated from \`src/config/settings.ts\`.

## Server

${markdownTable(Object.values(SERVER_SETTINGS))}

## Client and tests

${markdownTable(Object.values(OTHER_SETTINGS))}
`;
}
