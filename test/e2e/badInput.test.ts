import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, PROMOTE, promote, REGISTER, ROLLBACK, register } from '../support/steps.js';

let server: TestServer;
let api: Api;
const state = async (): Promise<unknown> =>
  api
    .query(
      '{ registrySummary { models versions totalRuns checkpoint { seq hash } } models { nodes { name revision champion { version } } } }',
    )
    .then((d) => {
      const { at: _at, ...summary } = d.registrySummary;
      return { ...d, registrySummary: summary };
    });

beforeAll(async () => {
  server = await startTestServer();
  api = createApi(server.url, server.token);
  await createModel(api, 'm');
  await register(api, 'm', { version: '1.0.0', metrics: { magnitude_accuracy: 90 } });
  await promote(api, 'm', '1.0.0');
  await register(api, 'm', { version: '1.0.1', metrics: { magnitude_accuracy: 80 }, idempotencyKey: 'used' });
});
afterAll(() => server?.stop());

const CREATE = 'mutation ($input: CreateModelInput!) { createModel(input: $input) { name } }';
const VERSIONS =
  'query ($filter: VersionFilter, $orderBy: VersionOrder) { versions(model: "m", filter: $filter, orderBy: $orderBy) { totalCount } }';
const IMPORT = 'mutation ($document: JSON!) { importRegistry(document: $document) { versionsCreated } }';
const registering = (input: object) => [REGISTER, { input: { model: 'm', ...input } }] as const;
const digest = createHash('sha256').update('never uploaded').digest('hex');

describe('bad input is refused with its own code and changes nothing', () => {
  it.each<[string, string, readonly [string, Record<string, unknown>?]]>([
    ['an unknown model', 'MODEL_NOT_FOUND', registering({ model: 'nope' })],
    ['an unknown version', 'VERSION_NOT_FOUND', [PROMOTE, { input: { model: 'm', version: '9.9.9' } }]],
    ['a version that is only the beginning of another', 'VERSION_NOT_FOUND', [PROMOTE, { input: { model: 'm', version: '1.0.10' } }]],
    ['a bad semver in a variable', 'INVALID_SEMVER', [PROMOTE, { input: { model: 'm', version: '1.0' } }]],
    ['a bad semver in the text', 'INVALID_SEMVER', ['{ version(model: "m", version: "v1") { version } }']],
    ['a version that exists', 'VERSION_EXISTS', registering({ version: '1.0.0' })],
    ['a file never uploaded', 'ARTIFACT_NOT_FOUND', registering({ files: [{ name: 'w.onnx', sha256: digest }] })],
    ['a digest that is none', 'INVALID_INPUT', registering({ files: [{ name: 'w.onnx', sha256: 'abc' }] })],
    ['a file name with ../', 'INVALID_NAME', registering({ files: [{ name: '../w.onnx', sha256: digest }] })],
    ['a model name with ../', 'INVALID_NAME', [CREATE, { input: { name: '../../etc' } }]],
    ['a model name with a slash', 'INVALID_NAME', [CREATE, { input: { name: 'a/b' } }]],
    ['a model name with a control character', 'INVALID_NAME', [CREATE, { input: { name: 'a\u0007' } }]],
    ['a model name of 300 characters', 'INVALID_NAME', [CREATE, { input: { name: 'x'.repeat(300) } }]],
    ['a model that exists', 'MODEL_EXISTS', [CREATE, { input: { name: 'm' } }]],
    ['an unknown metric in a filter', 'UNKNOWN_METRIC', [VERSIONS, { filter: { metric: { name: 'magnitude_acuracy', min: 1 } } }]],
    ['an unknown metric in an order', 'UNKNOWN_METRIC', [VERSIONS, { orderBy: { field: 'METRIC', direction: 'ASC', metric: 'nope' } }]],
    ['an order by no metric', 'INVALID_INPUT', [VERSIONS, { orderBy: { field: 'METRIC', direction: 'ASC' } }]],
    ['a cursor of another list', 'CURSOR_INVALID', ['{ versions(model: "m", after: "xyz") { totalCount } }']],
    ['a garbled event cursor', 'CURSOR_INVALID', ['{ events(after: "xyz") { endCursor } }']],
    ['a page that is too large', 'INVALID_INPUT', ['{ versions(model: "m", first: 100000) { totalCount } }']],
    [
      'a registry document with wrong types',
      'INVALID_DOCUMENT',
      [IMPORT, { document: { registry_version: '2.0.0', champion: { model_id: 7 } } }],
    ],
    ['a registry document of another version', 'INVALID_DOCUMENT', [IMPORT, { document: { registry_version: '1.0.0' } }]],
    ['a registry document that is a list', 'INVALID_DOCUMENT', [IMPORT, { document: [] }]],
    ['a stale expectedChampion', 'CONFLICT', [PROMOTE, { input: { model: 'm', version: '1.0.1', expectedChampion: '0.9.0' } }]],
    ['an idempotency key used for something else', 'IDEMPOTENCY_KEY_REUSED', registering({ version: '1.0.2', idempotencyKey: 'used' })],
    ['promoting what is champion', 'ALREADY_CHAMPION', [PROMOTE, { input: { model: 'm', version: '1.0.0' } }]],
    ['rolling back to what never was champion', 'NEVER_CHAMPION', [ROLLBACK, { input: { model: 'm', version: '1.0.1', reason: 'x' } }]],
    ['rolling back with nothing before', 'NO_PREVIOUS_CHAMPION', [ROLLBACK, { input: { model: 'm', reason: 'x' } }]],
    ['a reason that says nothing', 'INVALID_INPUT', [ROLLBACK, { input: { model: 'm', reason: ' ' } }]],
    ['nominating a challenger', 'INVALID_TRANSITION', ['mutation { nominate(input: { model: "m", version: "1.0.1" }) { status } }']],
    ['an unknown decision', 'DECISION_NOT_FOUND', ['mutation { approvePromotion(decision: "x") { outcome } }']],
    [
      'an unknown task in a label',
      'INVALID_INPUT',
      [
        'mutation { addTrainingEvents(model: "m", events: [{ eventId: "e", date: "2026-01-01", labels: [{ task: "depth", value: 1 }] }]) { eventId } }',
      ],
    ],
    [
      'an unknown training event',
      'TRAINING_EVENT_NOT_FOUND',
      ['mutation { validateTrainingEvents(model: "m", eventIds: ["e"]) { eventId } }'],
    ],
    ['a policy that weighs nothing', 'INVALID_INPUT', ['mutation { setPolicy(input: { model: "m", weights: [] }) { revision } }']],
    [
      'a stale policy revision',
      'CONFLICT',
      ['mutation { setPolicy(input: { model: "m", expectedRevision: 7, strict: true }) { revision } }'],
    ],
    ['a token that is the last of its kind', 'LAST_ADMIN', ['mutation ($id: ID!) { revokeToken(id: $id) }', { id: 'ADMIN' }]],
  ])('%s: %s', async (_what, code, [document, variables]) => {
    const before = await state();
    const { tokens } = await api.query('{ tokens { id role } }');
    const filled = variables?.id === 'ADMIN' ? { id: tokens.find((t: { role: string }) => t.role === 'ADMIN').id } : variables;
    const { errors } = await api.send(document, filled);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(errors?.[0]?.message.length).toBeGreaterThan(20);
    expect(JSON.stringify(errors)).not.toMatch(/\bat .*\.(js|ts):\d/);
    expect(await state()).toEqual(before);
  });

  it.each(['NaN', 'Infinity', '-Infinity', '1e999'])('a metric of %s', async (value) => {
    const before = await state();
    const inline = `mutation { registerVersion(input: { model: "m", metrics: [{ name: "a", value: ${value} }] }) { version } }`;
    expect((await api.send(inline)).errors).toBeDefined();
    const body = `{"query":${JSON.stringify(REGISTER)},"variables":{"input":{"model":"m","metrics":[{"name":"a","value":${value}}]}}}`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
      body,
    });
    expect(((await response.json()) as { errors: unknown[] }).errors).toBeDefined();
    expect(await state()).toEqual(before);
  });
});
