import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/actor.js';
import { type Data, openSchemaRegistry, type SchemaRegistry } from '../support/graphql.js';

const admin: Actor = { name: 'ada', role: 'ADMIN', models: null, tokenId: 't' };
const operator: Actor = { name: 'olga', role: 'OPERATOR', models: null, tokenId: 'o' };
const PREVIEW = `query ($policy: PolicyChangesInput) {
  previewPromotion(model: "quake", version: "1.0.1", policy: $policy) {
    outcome applied policy { revision } rules { rule subject passed measured limit }
  }
}`;

let registry: SchemaRegistry;
beforeEach(async () => {
  registry = await openSchemaRegistry();
  await ok('mutation { createModel(input: { name: "quake" }) { id } }');
  // The default policy of a model without tasks: accuracy and f1 count half each, and accuracy may fall by a point.
  await register('1.0.0', 90);
  await ok('mutation { promote(input: { model: "quake", version: "1.0.0" }) { outcome } }');
  await register('1.0.1', 90.25);
});
afterEach(() => registry.close());

async function ok(source: string, variables?: Data): Promise<Data> {
  const { data, errors } = await registry.run(admin, source, variables);
  expect(errors).toEqual([]);
  return data ?? {};
}

async function register(version: string, value: number): Promise<void> {
  const metrics = [
    { name: 'accuracy', value },
    { name: 'f1', value },
  ];
  const input = { model: 'quake', version, metrics };
  await ok('mutation ($input: RegisterVersionInput!) { registerVersion(input: $input) { id } }', { input });
}

async function preview(policy?: Data): Promise<Data> {
  return (await ok(PREVIEW, policy === undefined ? {} : { policy })).previewPromotion as Data;
}

describe('a policy that nobody has saved', () => {
  test('decides the preview, rule by rule', async () => {
    // 90.25 % against 90 % is a gain of 0.0025: below the default policy's 0.005, above 0.002.
    expect(await preview()).toMatchObject({ outcome: 'REFUSE' });
    expect(await preview({ minImprovement: 0.002 })).toMatchObject({
      outcome: 'PROMOTE',
      applied: false,
      rules: expect.arrayContaining([expect.objectContaining({ rule: 'COMPOSITE_IMPROVES', passed: true, limit: 0.002 })]),
    });
    const harmed = await preview({ minImprovement: 0.002, tolerances: [{ metric: 'f1', maxHarm: 0 }] });
    expect(harmed.rules).toContainEqual({ rule: 'NO_HARM', subject: 'f1', passed: true, measured: 0, limit: 0 });
  });

  test('is not stored, and names the revision in force', async () => {
    const before = await registry.deps.store.reads.head();
    expect(await preview({ minImprovement: 0.002 })).toMatchObject({ policy: { revision: 1 } });
    const { model } = await ok('{ model(name: "quake") { policy { revision minImprovement } champion { version } } }');
    expect(model).toEqual({ policy: { revision: 1, minImprovement: 0.005 }, champion: { version: '1.0.0' } });
    expect(await registry.deps.store.reads.head()).toEqual(before);
    expect(await preview()).toMatchObject({ outcome: 'REFUSE' });
  });

  test.each([
    [{ minImprovement: 2 }, 'INVALID_NUMBER'],
    [{ weights: [] }, 'INVALID_INPUT'],
    [{ testTask: 'magnitude' }, 'INVALID_INPUT'],
    [{ benchmark: 'nothing' }, 'BENCHMARK_NOT_FOUND'],
  ])('is held to what setPolicy is held to: %j', async (policy, code) => {
    expect((await registry.run(admin, PREVIEW, { policy })).codes).toEqual([code]);
    const input = { model: 'quake', ...policy };
    const set = 'mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { revision } }';
    expect((await registry.run(admin, set, { input })).codes).toEqual([code]);
  });

  test('is for whoever may set one; the policy as it is, for everybody', async () => {
    expect((await registry.run(operator, PREVIEW, { policy: { minImprovement: 0.002 } })).codes).toEqual(['FORBIDDEN']);
    expect((await registry.run(operator, PREVIEW)).codes).toEqual([]);
  });
});
