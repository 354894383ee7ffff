// A monitor: every change of champion, as it happens, without a gap. It keeps its place in a file, so that what happened while it
// was away comes first the next time.
// Usage: node monitor-subscription.mjs [cursor file] [events to wait for; 0: for ever]
// Needs graphql-ws and ws (npm install graphql-ws ws). JUARA_URL and JUARA_TOKEN say where and as whom.
// The same with a line of code: `for await (const event of createClient({ url, token }).watch({ after }))` of juara/client.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.env.JUARA_URL ?? 'http://127.0.0.1:4000';
const token = process.env.JUARA_TOKEN;
const [cursorFile = 'monitor.cursor', count = '0'] = process.argv.slice(2);

const PROMOTIONS = `subscription Promotions($after: Cursor) {
  promotions(after: $after) { cursor seq type at actor model from { version } to { version } reason }
}`;

// '' is the first event of the log: a monitor that starts for the first time is told the whole history.
const variables = { after: existsSync(cursorFile) ? readFileSync(cursorFile, 'utf8').trim() : '' };
const client = createClient({
  url: `${url.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  retryAttempts: Number.POSITIVE_INFINITY,
  // A refused connection is an error event, and no reason to give up; closed with 4401 (the token) is, and graphql-ws knows that.
  shouldRetry: () => true,
});

let seen = 0;
console.log(`watching ${url} from ${variables.after === '' ? 'the first event' : `behind ${variables.after}`}`);
// Variables are sent as they stand, at each reconnection: moving `after` along is what resumes.
for await (const { data, errors } of client.iterate({ query: PROMOTIONS, variables })) {
  if (errors) throw new Error(errors.map((e) => `${e.extensions?.code}: ${e.message}`).join('\n'));
  const { cursor, at, type, model, from, to, reason, actor } = data.promotions;
  console.log(`${at} ${type} ${model}: ${from?.version ?? 'none'} -> ${to.version} (${reason}) by ${actor}`);
  variables.after = cursor;
  writeFileSync(`${cursorFile}.tmp`, cursor);
  renameSync(`${cursorFile}.tmp`, cursorFile);
  if (++seen === Number(count)) break;
}
