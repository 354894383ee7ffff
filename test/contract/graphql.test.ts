import { ApolloServer } from '@apollo/server';
import { GraphQLError, graphql } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/actor.js';
import type { JuaraContext } from '../../src/graphql/context.js';
import { formatError } from '../../src/graphql/formatError.js';
import { createLoaders } from '../../src/graphql/loaders.js';
import { type Answer, type Data, openSchemaRegistry, type SchemaRegistry } from '../support/graphql.js';

const admin: Actor = { name: 'ada', role: 'ADMIN', models: null, tokenId: 't' };
const pipeline: Actor = { name: 'pipeline', role: 'AUTOMATION', models: null, tokenId: 'p' };

let registry: SchemaRegistry;
beforeEach(async () => {
  registry = await openSchemaRegistry();
});
afterEach(() => registry.close());

/** Runs and expects no errors. */
async function ok(source: string, variables?: Data): Promise<Data> {
  const { data, errors } = await registry.run(admin, source, variables);
  expect(errors).toEqual([]);
  return data ?? {};
}

const REGISTER = 'mutation ($input: RegisterVersionInput!) { registerVersion(input: $input) { id version } }';
const PROMOTE =
  'mutation ($input: PromoteInput!) { promote(input: $input) { outcome event { cursor revision } model { champion { version } } } }';

async function register(version: string, accuracy: number): Promise<void> {
  await ok(REGISTER, { input: { model: 'quake', version, metrics: [{ name: 'accuracy', value: accuracy }] } });
}

async function promote(version: string): Promise<Data> {
  return ok(PROMOTE, { input: { model: 'quake', version, overrideReason: 'a test' } });
}

async function threeVersions(): Promise<void> {
  await ok('mutation { createModel(input: { name: "quake", description: "of the earth" }) { id } }');
  for (const [i, version] of ['1.0.0', '1.0.1', '1.0.10'].entries()) await register(version, 90 + i);
}

describe('reading', () => {
  beforeEach(threeVersions);

  test('a model with its relations, and pages that go on', async () => {
    await promote('1.0.0');
    const { model } = await ok(`{ model(name: "quake") {
      id name description revision createdAt champion { id status path metadataPath modelId model { name } metric(name: "accuracy") { value unit benchmark { id } } }
      challengers { version path } policy { revision actor weights { metric weight } benchmark { id } } trainingReadiness { ready required }
      reigns { nodes { version { version } until event { type ... on PromotionEvent { to { version } decision { applied rules { rule } } } } } pageInfo { hasNextPage } }
    } }`);
    expect(model).toMatchObject({
      id: 'quake',
      revision: 1,
      champion: {
        id: 'quake_v1.0.0',
        modelId: 'quake_v1.0.0',
        status: 'CHAMPION',
        path: 'champion/quake',
        metadataPath: 'champion/quake/metadata.json',
        model: { name: 'quake' },
        metric: { value: 90, unit: 'PERCENT', benchmark: null },
      },
      challengers: [
        { version: '1.0.10', path: 'challenger/quake_v1.0.10' },
        { version: '1.0.1', path: 'challenger/quake_v1.0.1' },
      ],
      policy: { revision: 1, actor: 'ada', benchmark: null },
      reigns: {
        nodes: [
          {
            version: { version: '1.0.0' },
            until: null,
            event: { type: 'PROMOTED', to: { version: '1.0.0' }, decision: { applied: true } },
          },
        ],
      },
    });
    expect((model as Data).createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

    const page =
      'query ($after: String) { versions(model: "quake", first: 2, after: $after) { totalCount nodes { version } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    const first = (await ok(page)).versions as Data & { pageInfo: Data; edges: Data[] };
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ version: '1.0.10' }, { version: '1.0.1' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(first.edges[1]?.cursor).toBe(first.pageInfo.endCursor);
    expect(await ok(page, { after: first.pageInfo.endCursor })).toMatchObject({
      versions: { nodes: [{ version: '1.0.0' }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    });
  });

  test('what is not there is null where it may be, and an error with its code where it may not', async () => {
    expect(
      await ok(
        '{ model(name: "none") { id } version(model: "quake", version: "9.9.9") { id } decision(id: "x") { id } evaluation(id: "x") { id } benchmark(name: "x") { id } champion(model: "quake") { id } championAt(model: "quake", at: "2020-01-01T00:00:00+07:00") { from } }',
      ),
    ).toEqual({ model: null, version: null, decision: null, evaluation: null, benchmark: null, champion: null, championAt: null });
    const codes = async (source: string): Promise<readonly unknown[]> => (await registry.run(admin, source)).codes;
    expect(await codes('{ versions(model: "none") { totalCount } }')).toEqual(['MODEL_NOT_FOUND']);
    expect(await codes('{ version(model: "none", version: "1.0.0") { id } }')).toEqual(['MODEL_NOT_FOUND']);
    expect(await codes('{ versions(model: "quake", filter: { metric: { name: "acuracy" } }) { totalCount } }')).toEqual(['UNKNOWN_METRIC']);
    expect(await codes('{ versions(model: "quake", first: 1001) { totalCount } }')).toEqual(['INVALID_INPUT']);
    expect(await codes('{ versions(model: "quake", after: "?") { totalCount } }')).toEqual(['CURSOR_INVALID']);
    expect(await codes('{ events(after: "nonsense") { endCursor } }')).toEqual(['CURSOR_INVALID']);
  });

  test('the log goes on from an endCursor, also after an empty page', async () => {
    const page =
      'query ($after: Cursor) { events(first: 2, after: $after, filter: { types: [VERSION_REGISTERED] }) { endCursor hasNextPage nodes { seq type cursor ... on GenericEvent { data } } } }';
    const first = (await ok(page)).events as Data & { nodes: Data[] };
    expect(first.nodes).toMatchObject([{ type: 'VERSION_REGISTERED', data: { version: '1.0.0' } }, { data: { version: '1.0.1' } }]);
    const second = (await ok(page, { after: first.endCursor })).events as Data & { nodes: Data[] };
    expect(second.nodes).toMatchObject([{ data: { version: '1.0.10' } }]);
    const third = (await ok(page, { after: second.endCursor })).events as Data;
    expect(third).toMatchObject({ nodes: [], hasNextPage: false });
    await register('2.0.0', 50);
    expect((await ok(page, { after: third.endCursor })).events).toMatchObject({ nodes: [{ data: { version: '2.0.0' } }] });
  });

  test('the same thing is looked up once, however often it is named', async () => {
    let asked = 0;
    const reads = { ...registry.deps.store.reads, ...countCalls(registry, () => (asked += 1)) };
    const contextValue: JuaraContext = { actor: admin, deps: registry.deps, feed: registry.feed, loaders: createLoaders(reads) };
    const source =
      '{ versions(model: "quake") { nodes { model { name policy { revision } challengers { model { champion { id } } } } } } }';
    const result = await graphql({ schema: registry.schema, source, contextValue });
    expect(result.errors).toBeUndefined();
    // The model, its challengers, its policy; there is no champion to look up.
    expect(asked).toBe(3);
  });
});

/** The batching reads of a real store, counted. */
function countCalls({ deps }: SchemaRegistry, count: () => void): Partial<SchemaRegistry['deps']['store']['reads']> {
  const { reads } = deps.store;
  const counted =
    <A extends unknown[], R>(read: (...args: A) => R): ((...args: A) => R) =>
    (...args) => {
      count();
      return read(...args);
    };
  return {
    models: counted((names) => reads.models(names)),
    versions: counted((ids) => reads.versions(ids)),
    challengers: counted((models) => reads.challengers(models)),
    policy: counted((model, revision) => reads.policy(model, revision)),
  };
}

describe('changing', () => {
  beforeEach(threeVersions);

  test('two mutations in one document: each answers with the state after itself', async () => {
    const source = `mutation ($a: PromoteInput!, $b: PromoteInput!) {
      a: promote(input: $a) { outcome checkpoint { seq } model { revision champion { version status } challengers { version } } event { seq from { version } to { version } reason } }
      b: promote(input: $b) { outcome model { revision champion { version status } challengers { version } } event { from { version status } to { version } } }
    }`;
    const { a, b } = await ok(source, {
      a: { model: 'quake', version: '1.0.0', overrideReason: 'first' },
      b: { model: 'quake', version: '1.0.1', overrideReason: 'second' },
    });
    expect(a).toMatchObject({
      outcome: 'PROMOTED',
      model: {
        revision: 1,
        champion: { version: '1.0.0', status: 'CHAMPION' },
        challengers: [{ version: '1.0.10' }, { version: '1.0.1' }],
      },
      event: { from: null, to: { version: '1.0.0' } },
    });
    expect((a as { checkpoint: Data }).checkpoint.seq).toBe((a as { event: Data }).event.seq);
    expect(b).toMatchObject({
      model: { revision: 2, champion: { version: '1.0.1' }, challengers: [{ version: '1.0.10' }] },
      event: { from: { version: '1.0.0', status: 'ARCHIVED' }, to: { version: '1.0.1' } },
    });
  });

  test('a decision waits, is approved, and keeps its numbers', async () => {
    await promote('1.0.0');
    const wish =
      'mutation { promote(input: { model: "quake", version: "1.0.10" }) { outcome event { seq } decision { id awaitingApproval } } }';
    const asked = (await registry.run(pipeline, wish)).data ?? {};
    expect(asked.promote).toMatchObject({ outcome: 'AWAITING_APPROVAL', event: null, decision: { awaitingApproval: true } });
    const { id } = (asked.promote as { decision: Data }).decision;
    const approved = await ok('mutation ($id: ID!) { approvePromotion(decision: $id) { outcome model { champion { version } } } }', { id });
    expect(approved.approvePromotion).toEqual({ outcome: 'PROMOTED', model: { champion: { version: '1.0.10' } } });
    const kept = await ok(
      `query ($id: ID!) { decision(id: $id) { awaitingApproval requestedBy answer { kind by } policy { revision } model { name } champion { version } candidate { version }
        comparison { base { version } candidate { version } benchmark { id } metrics { name difference better } composite { coverage missing source } } } }`,
      { id },
    );
    expect(kept.decision).toMatchObject({
      awaitingApproval: false,
      requestedBy: 'pipeline',
      answer: { kind: 'APPROVED', by: 'ada' },
      policy: { revision: 1 },
      model: { name: 'quake' },
      champion: { version: '1.0.0' },
      comparison: {
        base: { version: '1.0.0' },
        candidate: { version: '1.0.10' },
        benchmark: null,
        metrics: [{ name: 'accuracy', difference: 2, better: 'CANDIDATE' }],
      },
    });
  });

  test('a token: its secret is shown once, its hash never', async () => {
    const { createToken } = await ok(
      'mutation { createToken(input: { name: "ci", role: AUTOMATION, models: ["quake"] }) { id name role secret } }',
    );
    expect(createToken).toMatchObject({ name: 'ci', role: 'AUTOMATION' });
    const { tokens } = await ok('{ tokens { id name role models createdAt expiresAt revokedAt } }');
    expect(tokens).toMatchObject([{ name: 'ci', models: ['quake'], expiresAt: null, revokedAt: null }]);
    expect((await registry.run(admin, '{ tokens { hash } }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  test('a benchmark or an evaluation that does not exist is said so, by every way', async () => {
    const evaluate = 'mutation { evaluate(input: { model: "quake", version: "1.0.0", benchmark: "b" }) { id } }';
    expect((await registry.run(admin, evaluate)).codes).toEqual(['BENCHMARK_NOT_FOUND']);
    expect((await registry.run(admin, 'mutation { cancelEvaluation(id: "x") { id } }')).codes).toEqual(['EVALUATION_NOT_FOUND']);
    const stream = await registry.follow(admin, 'subscription { evaluationProgress(id: "x") { id } }');
    expect((await stream.next()).value?.codes).toEqual(['EVALUATION_NOT_FOUND']);
  });
});

describe('following', () => {
  beforeEach(threeVersions);

  const next = async (stream: AsyncIterator<Answer>): Promise<Data | null> => {
    const step = await stream.next();
    expect(step.value?.errors).toEqual([]);
    return step.value?.data ?? null;
  };

  test('promotions come in order, with the state of their moment, and go on after a cursor', async () => {
    const source =
      'subscription ($after: Cursor) { promotions(model: "quake", after: $after) { cursor type revision to { version status } from { version status } } }';
    const stream = await registry.follow(admin, source);
    await promote('1.0.0');
    const first = (await next(stream))?.promotions as Data;
    expect(first).toMatchObject({ type: 'PROMOTED', revision: 1, from: null, to: { version: '1.0.0', status: 'CHAMPION' } });
    await promote('1.0.1');
    expect(await next(stream)).toMatchObject({
      promotions: { revision: 2, from: { version: '1.0.0', status: 'ARCHIVED' }, to: { version: '1.0.1' } },
    });
    await ok('mutation { rollback(input: { model: "quake", reason: "a test" }) { model { champion { version } } } }');
    expect(await next(stream)).toMatchObject({ promotions: { type: 'ROLLED_BACK', to: { version: '1.0.0', status: 'CHAMPION' } } });
    const later = await registry.follow(admin, source, { after: first.cursor });
    expect(await next(later)).toMatchObject({ promotions: { revision: 2 } });
    await Promise.all([stream.return?.(), later.return?.()]);
    expect(registry.feed.followers()).toBe(0);
  });

  test('champion: the one now, then each new one, and nothing twice', async () => {
    const source = 'subscription { champion(model: "quake") { version status } }';
    const stream = await registry.follow(admin, source);
    expect(await next(stream)).toEqual({ champion: null });
    await promote('1.0.0');
    expect(await next(stream)).toEqual({ champion: { version: '1.0.0', status: 'CHAMPION' } });
    const later = await registry.follow(admin, source);
    await promote('1.0.1');
    expect(await next(later)).toMatchObject({ champion: { version: '1.0.0' } });
    expect(await next(later)).toMatchObject({ champion: { version: '1.0.1', status: 'CHAMPION' } });
    await promote('1.0.10');
    expect(await next(later)).toMatchObject({ champion: { version: '1.0.10' } });
    expect(await next(stream)).toMatchObject({ champion: { version: '1.0.1' } });
    await Promise.all([stream.return?.(), later.return?.()]);
    expect(registry.feed.followers()).toBe(0);
  });

  test('a subscription that waits ends at once when it is told to', async () => {
    for (const source of [
      'subscription { champion(model: "quake") { id } }',
      'subscription { events { seq } }',
      'subscription { promotions { seq } }',
    ]) {
      const stream = await registry.follow(admin, source);
      if (source.includes('champion')) await stream.next();
      const waiting = stream.next();
      await stream.return?.();
      expect((await waiting).done).toBe(true);
    }
    expect(registry.feed.followers()).toBe(0);
  });

  test('events: every kind, from the first on', async () => {
    const stream = await registry.follow(admin, 'subscription { events(after: "") { __typename seq type } }');
    for (const type of ['MODEL_CREATED', 'VERSION_REGISTERED', 'VERSION_REGISTERED', 'VERSION_REGISTERED']) {
      expect(await next(stream)).toMatchObject({ events: { __typename: 'GenericEvent', type } });
    }
    await promote('1.0.0');
    expect(await next(stream)).toMatchObject({ events: { __typename: 'PromotionEvent', type: 'PROMOTED' } });
    await stream.return?.();
  });

  test('a subscription to a model that is not there fails before it begins', async () => {
    const stream = await registry.follow(admin, 'subscription { champion(model: "none") { id } }');
    expect((await stream.next()).value?.codes).toEqual(['MODEL_NOT_FOUND']);
  });
});

describe('bad values', () => {
  const bad: readonly (readonly [string, string, string, unknown])[] = [
    ['SemVer', 'INVALID_SEMVER', '"v1.0"', 'v1.0'],
    ['SemVer', 'INVALID_SEMVER', '1', 1],
    ['DateTime', 'INVALID_INPUT', '"2026-02-30T00:00:00Z"', '2026-02-30T00:00:00Z'],
    ['DateTime', 'INVALID_INPUT', '"2026-02-03T13:00:00"', '2026-02-03T13:00:00'],
    ['DateTime', 'INVALID_INPUT', '"2026-02-03T13:00:00+25:00"', '2026-02-03T13:00:00+25:00'],
  ];
  const fieldOf = (type: string, value: string): string =>
    type === 'SemVer' ? `version(model: "quake", version: ${value}) { id }` : `championAt(model: "quake", at: ${value}) { from }`;

  test.each(bad)('%s: %s for %s, as a literal and as a variable', async (type, code, literal, value) => {
    expect((await registry.run(admin, `{ ${fieldOf(type, literal)} }`)).codes).toEqual([code]);
    expect((await registry.run(admin, `query ($v: ${type}!) { ${fieldOf(type, '$v')} }`, { v: value })).codes).toEqual([code]);
  });

  test('a digest, a number, a JSON value: the same', async () => {
    const file = (value: string): string =>
      `mutation { registerVersion(input: { model: "quake", files: [{ name: "a", sha256: ${value} }] }) { id } }`;
    expect((await registry.run(admin, file(`"${'A'.repeat(64)}"`))).codes).toEqual(['INVALID_INPUT']);
    const metric = (value: string): string =>
      `mutation { registerVersion(input: { model: "quake", metrics: [{ name: "a", value: ${value} }] }) { id } }`;
    expect((await registry.run(admin, metric('1e999'))).codes).toEqual(['INVALID_NUMBER']);
    const input = { model: 'quake', metrics: [{ name: 'a', value: Number.POSITIVE_INFINITY }] };
    expect((await registry.run(admin, REGISTER, { input })).codes).toEqual(['INVALID_NUMBER']);
    const config = (value: string): string => `mutation { registerVersion(input: { model: "quake", trainingConfig: ${value} }) { id } }`;
    expect((await registry.run(admin, config('{ a: [1, { b: -1e999 }] }'))).codes).toEqual(['INVALID_NUMBER']);
    expect((await registry.run(admin, REGISTER, { input: { model: 'quake', trainingConfig: { a: Number.NaN } } })).codes).toEqual([
      'INVALID_NUMBER',
    ]);
  });

  test('a JSON value comes back as it was sent, from a literal and from a variable', async () => {
    await ok('mutation { createModel(input: { name: "quake" }) { id } }');
    const literal = await ok(
      'mutation { registerVersion(input: { model: "quake", trainingConfig: { epochs: 50, lr: 1e-4, tags: ["a", null, true] } }) { trainingConfig } }',
    );
    expect(literal.registerVersion).toEqual({ trainingConfig: { epochs: 50, lr: 0.0001, tags: ['a', null, true] } });
    const value = { epochs: 50, nested: { '@odd key': [1.5, null] } };
    const source = 'mutation ($c: JSON) { registerVersion(input: { model: "quake", trainingConfig: $c }) { trainingConfig } }';
    expect((await ok(source, { c: value })).registerVersion).toEqual({ trainingConfig: value });
  });

  test('graphql-js keeps its own words for its own errors', async () => {
    expect((await registry.run(admin, '{ nothing }')).errors).toMatchObject([
      { message: 'Cannot query field "nothing" on type "Query".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    expect((await registry.run(admin, '{')).codes).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect((await registry.run(admin, 'query ($n: Int = 1) { models(first: $n) { nodes { id } } }', { n: 'x' })).codes).toEqual([
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    expect(registry.unexpected).toEqual([]);
  });

  test('the same codes through Apollo, which wraps errors once more', async () => {
    const apollo = new ApolloServer<JuaraContext>({
      schema: registry.schema,
      formatError: (f, e) => formatError(f, e, () => undefined),
      includeStacktraceInErrorResponses: true,
    });
    const contextValue: JuaraContext = {
      actor: admin,
      deps: registry.deps,
      feed: registry.feed,
      loaders: createLoaders(registry.deps.store.reads),
    };
    const codes = async (query: string, variables: Data = {}): Promise<unknown> => {
      const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
      return body.kind === 'single'
        ? body.singleResult.errors?.map((e) => [e.extensions?.code, Object.keys(e.extensions ?? {}).join()])
        : null;
    };
    expect(await codes('query ($v: SemVer!) { version(model: "quake", version: $v) { id } }', { v: 'x' })).toEqual([
      ['INVALID_SEMVER', 'code'],
    ]);
    expect(await codes('{ version(model: "quake", version: "x") { id } }')).toEqual([['INVALID_SEMVER', 'code']]);
    expect(await codes('{ versions(model: "quake") { totalCount } }')).toEqual([['MODEL_NOT_FOUND', 'code,details']]);
    expect(await codes('query ($n: Int) { models(first: $n) { nodes { id } } }', { n: 'x' })).toEqual([['BAD_USER_INPUT', 'code']]);
    expect(await codes('{ nothing }')).toEqual([['GRAPHQL_VALIDATION_FAILED', 'code']]);
    await apollo.stop();
  });
});

describe('formatError', () => {
  test('masks what it does not know, and tells the log', () => {
    const seen: unknown[] = [];
    const secret = new Error('SQLITE_CORRUPT: /home/someone/registry.db');
    const error = new GraphQLError(secret.message, { originalError: secret, path: ['models'] });
    const formatted = formatError(error.toJSON(), error, (e) => seen.push(e));
    expect(formatted).toEqual({ message: 'Internal server error', path: ['models'], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(seen).toEqual([secret]);
  });

  test('a value of ours that does not fit its type is our fault, and masked', async () => {
    const { deps } = registry;
    const signer = { checkpoint: () => ({ ...deps.signer.checkpoint({ seq: 0, hash: '' }), seq: Number.NaN }) };
    const contextValue: JuaraContext = {
      actor: admin,
      deps: { ...deps, signer },
      feed: registry.feed,
      loaders: createLoaders(deps.store.reads),
    };
    const { errors } = await graphql({ schema: registry.schema, source: '{ checkpoint { seq } }', contextValue });
    const seen: unknown[] = [];
    expect(errors?.map((e) => formatError(e.toJSON(), e, (x) => seen.push(x)).message)).toEqual(['Internal server error']);
    expect(seen).toHaveLength(1);
  });
});
