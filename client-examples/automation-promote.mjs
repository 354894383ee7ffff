// A pipeline's last step: upload a trained model, register it as a challenger, and ask for its promotion. The policy decides.
// Usage: node automation-promote.mjs [model] [best_model.onnx]     Without a file it registers a version that has metrics only.
// Needs nothing but Node >= 20. JUARA_URL and JUARA_TOKEN (AUTOMATION or more; OPERATOR to create the model) say where and as whom.

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';

const url = process.env.JUARA_URL ?? 'http://127.0.0.1:4000';
const token = process.env.JUARA_TOKEN;
const authorization = token ? { authorization: `Bearer ${token}` } : {};
const [model = 'example', weights] = process.argv.slice(2);

async function query(document, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  return data;
}

/** A file's address is its SHA-256, so a file that the server has is not sent twice. */
async function upload(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const sha256 = hash.digest('hex');
  const address = `${url}/artifacts/${sha256}`;
  const head = await fetch(address, { method: 'HEAD', headers: authorization });
  if (head.ok) return sha256;
  const { size } = await stat(path);
  const body = Readable.toWeb(createReadStream(path));
  const headers = { ...authorization, 'content-length': String(size) };
  // Without the last two Node's fetch keeps the whole file in memory, to send it again after a redirect.
  const put = await fetch(address, { method: 'PUT', headers, body, duplex: 'half', redirect: 'error', window: null });
  if (!put.ok) throw new Error(`upload of ${path}: ${put.status} ${await put.text()}`);
  return sha256;
}

const REGISTER = `mutation Register($input: RegisterVersionInput!) {
  registerVersion(input: $input) { modelId version previousVersion files { name bytes } }
}`;
const PROMOTE = `mutation Promote($input: PromoteInput!) {
  promote(input: $input) {
    outcome
    decision { id summary rules { rule subject passed measured limit } }
    event { cursor from { version } to { version } }
  }
}`;

if ((await query('query Model($model: String!) { model(name: $model) { name } }', { model })).model === null) {
  await query('mutation Create($input: CreateModelInput!) { createModel(input: $input) { name } }', { input: { name: model } });
  console.log(`created the model ${model}`);
}

const files = weights ? [{ name: basename(weights), sha256: await upload(weights) }] : [];
for (const file of files) console.log(`uploaded ${file.name} as ${file.sha256}`);

const { registerVersion: version } = await query(REGISTER, {
  input: {
    model,
    files,
    architecture: 'ConvNeXt',
    metrics: [
      { name: 'accuracy', value: 91.4 },
      { name: 'f1', value: 90.2 },
    ],
    notes: 'registered by automation-promote.mjs',
    // A step that is tried again after a lost answer must not register a second version.
    idempotencyKey: process.env.PIPELINE_RUN ?? randomUUID(),
  },
});
console.log(`registered ${version.modelId}`);

const { champion } = await query('query Champion($model: String!) { champion(model: $model) { version } }', { model });
const { promote } = await query(PROMOTE, {
  input: {
    model,
    version: version.version,
    reason: 'the pipeline finished',
    // Compare-and-set: if someone promotes another version in between, this is refused with CONFLICT.
    ...(champion ? { expectedChampion: champion.version } : {}),
  },
});
console.log(`${promote.outcome}: ${promote.decision.summary}`);
for (const rule of promote.decision.rules) {
  console.log(`  ${rule.passed ? 'ok    ' : 'FAILED'} ${rule.rule} ${rule.subject ?? ''} measured ${rule.measured}, limit ${rule.limit}`);
}
if (promote.outcome === 'AWAITING_APPROVAL') console.log(`an operator can say yes: juara approve ${promote.decision.id}`);
