import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

function sources(folder: string): { name: string; text: string }[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => ({ name: `${entry.parentPath}/${entry.name}`, text: readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8') }));
}

describe('nothing is ever deleted', () => {
  it('the API has no operation that deletes', () => {
    const sdl = readFileSync(`${root}/schema/schema.graphql`, 'utf8');
    const mutations = /type Mutation \{([\s\S]*?)\n\}/.exec(sdl)?.[1] ?? '';
    expect(mutations).toContain('promote(');
    expect(mutations).not.toMatch(/\b(delete|remove|purge|destroy|drop)\w*\(/i);
  });

  it('no code deletes rows, except of the indexes that lists are served from', () => {
    // What they hold stands in the version's own row, from which they are made.
    const deletes = /\bDELETE FROM (?!(metric|tag|file)_index\b)|\.remove\(|\.createQueryBuilder\(\)\s*\.delete/i;
    for (const { name, text } of sources('src')) expect({ name, deletes: deletes.test(text) }).toEqual({ name, deletes: false });
  });

  it('the command line has no command that deletes', () => {
    for (const { name, text } of sources('src/cli')) {
      expect({ name, deletes: /\.command\(['"`](delete|remove|rm|purge)/.test(text) }).toEqual({ name, deletes: false });
    }
  });
});
