import { existsSync, readFileSync } from 'node:fs';

/** From the package's own package.json, which lies two folders up in the sources and three in the build. */
export function packageVersion(): string {
  for (const place of ['../../package.json', '../../../package.json']) {
    const url = new URL(place, import.meta.url);
    if (existsSync(url)) return (JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version;
  }
  return 'unknown';
}
