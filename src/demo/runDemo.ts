import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '../client/createClient.js';
import { fillDemo } from './fillDemo.js';

export interface DemoServer {
  readonly url: string;
  /** The home that it serves; admin.token lies in it. */
  readonly home: string;
}

/** Fills a server that was just started on a fresh home, and says what to try next. A home that has models already is left alone. */
export async function runDemo(server: DemoServer, say: (line: string) => void): Promise<void> {
  const token = (await readFile(join(server.home, 'admin.token'), 'utf8')).trim();
  const client = createClient({ url: server.url, token });
  const { models } = await client.summary();
  if (models === 0) await fillDemo(client, say);
  else say(`${server.home} holds ${models} models already: nothing was added`);
  say(nextSteps(server, token));
}

function nextSteps({ url, home }: DemoServer, token: string): string {
  return `
Dashboard, with your ADMIN token:    ${url}/?token=${token}
GraphQL page:                        ${url}/graphql
Everything of this registry is in:   ${home}

Three operations to try there:
  query     { champions { modelId deployedAt metrics { name value } } }
  mutation  mutation { promote(input: { model: "precursor", version: "1.0.3" }) { outcome decision { summary rules { rule subject passed measured limit } } } }
  mutation  mutation { rollback(input: { model: "convnext", reason: "false alarms" }) { event { from { version } to { version } } } }

Three commands to try in another terminal:
  export JUARA_URL=${url} JUARA_TOKEN_FILE=${join(home, 'admin.token')}
  npx juara list convnext
  npx juara preview precursor 1.0.3
  npx juara watch --after ""

Ctrl+C stops the server; \`npm run demo -- --home <folder>\` keeps its registry.`;
}
