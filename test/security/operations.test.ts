import { getIntrospectionQuery } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api.js';
import { type Asking, askOverHttp, askOverSocket } from '../support/asked.js';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
let transports: readonly Asking[];

beforeAll(async () => {
  server = await startTestServer();
  transports = [askOverHttp(server, server.token), await askOverSocket(server, server.token)];
});
afterAll(async () => {
  for (const transport of transports ?? []) transport.close();
  await server?.stop();
});
/** Whatever was asked, a normal query is answered right after, on the same connection. */
afterEach(async () => {
  for (const { ask } of transports) expect((await ask('{ viewer { role } }')).data).toEqual({ viewer: { role: 'ADMIN' } });
});

const times = (count: number, text: (i: number) => string): string => Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** So many levels of fields; in what introspection shows, because there the schema itself sets no end. */
function nested(depth: number): string {
  const inner = depth - 5;
  return `{ __schema { types { fields { type { ${'ofType { '.repeat(inner)} name ${'} '.repeat(inner)} } } } } }`;
}

const refusals: readonly (readonly [string, string, string, string])[] = [
  ['10,000 aliases', `{ ${times(10_000, (i) => `a${i}: __typename`)} }`, 'GRAPHQL_PARSE_FAILED', 'tokens'],
  ['3,000 aliases', `{ ${times(3_000, (i) => `a${i}: __typename`)} }`, 'OPERATION_TOO_COMPLEX', 'JUARA_MAX_ALIASES'],
  [
    'aliases through fragments',
    `{ ${times(6, () => '...F')} } fragment F on Query { ${times(10, (i) => `a${i}: __typename`)} }`,
    'OPERATION_TOO_COMPLEX',
    'JUARA_MAX_ALIASES',
  ],
  ['depth 50', nested(50), 'OPERATION_TOO_COMPLEX', 'JUARA_MAX_DEPTH'],
  ['5,000 directives', `{ viewer { name ${times(5_000, () => '@skip(if: false)')} } }`, 'GRAPHQL_PARSE_FAILED', 'tokens'],
  ['4,000 directives', `{ viewer { name ${times(4_000, () => '@skip')} } }`, 'OPERATION_TOO_COMPLEX', 'JUARA_MAX_DIRECTIVES'],
  [
    'directives on spreads of one fragment',
    `{ ${times(60, () => '...F @skip(if: false)')} } fragment F on Query { __typename }`,
    'OPERATION_TOO_COMPLEX',
    'JUARA_MAX_DIRECTIVES',
  ],
  ['9,000 fields of one name', `{ ${times(9_000, () => 'viewer')} }`, 'OPERATION_TOO_COMPLEX', 'JUARA_MAX_FIELDS'],
  [
    'an unused fragment of 4,800 fields',
    `{ viewer { name } } fragment F on Query { ${times(2_400, () => 'viewer { name }')} }`,
    'OPERATION_TOO_COMPLEX',
    'JUARA_MAX_FIELDS',
  ],
  [
    '200 fragments',
    `{ ${times(200, (i) => `...F${i}`)} } ${times(200, (i) => `fragment F${i} on Query { __typename }`)}`,
    'OPERATION_TOO_COMPLEX',
    'JUARA_MAX_FRAGMENTS',
  ],
  [
    'circular fragments',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A ...A }',
    'GRAPHQL_VALIDATION_FAILED',
    'Cannot spread',
  ],
  [
    'fragments that double one another 40 times',
    `{ ...F0 } ${times(40, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F40 on Query { viewer { name } }`,
    'OPERATION_TOO_COMPLEX',
    'JUARA_MAX_FIELDS',
  ],
  ['a value nested deeper than the stack', `{ model(name: ${'['.repeat(9_900)}`, 'GRAPHQL_PARSE_FAILED', 'nested too deeply'],
  ['selections nested deeper than the stack', '{ model '.repeat(4_900), 'GRAPHQL_PARSE_FAILED', 'nested too deeply'],
];

function expectRefusal(answer: Answer, code: string, hint: string): void {
  expect(answer.data ?? null).toBeNull();
  expect(answer.errors?.[0]).toMatchObject({ message: expect.stringContaining(hint), extensions: { code } });
}

describe.each(['HTTP', 'WebSocket'] as const)('over %s', (name) => {
  const ask: Asking['ask'] = (...asked) => {
    const transport = transports.find((t) => t.name === name);
    if (transport === undefined) throw new Error(`no ${name}`);
    return transport.ask(...asked);
  };

  test.each(refusals)('%s', async (_title, document, code, hint) => {
    expectRefusal(await ask(document), code, hint);
  });

  test('depth: the limit is allowed, one level more is not', async () => {
    expect((await ask(nested(20))).errors).toBeUndefined();
    const { errors } = await ask(nested(21));
    expect(errors?.[0]).toEqual({
      message: 'the operation asks for 21 levels of fields, 20 are allowed (JUARA_MAX_DEPTH)',
      extensions: { code: 'OPERATION_TOO_COMPLEX', details: { setting: 'JUARA_MAX_DEPTH', allowed: 20, asked: 21 } },
    });
  });

  test('aliases: the limit is allowed, one more is not', async () => {
    const aliases = (count: number): string => `{ ${times(count, (i) => `a${i}: __typename`)} }`;
    expect((await ask(aliases(50))).errors).toBeUndefined();
    expectRefusal(await ask(aliases(51)), 'OPERATION_TOO_COMPLEX', '51 aliases, 50 are allowed');
  });

  test('directives and fields: the limit is allowed, one more is not', async () => {
    const directives = (count: number): string => `{ ${times(count, () => '... @skip(if: false) { __typename }')} }`;
    expect((await ask(directives(50))).errors).toBeUndefined();
    expectRefusal(await ask(directives(51)), 'OPERATION_TOO_COMPLEX', '51 directives, 50 are allowed');
    const fields = (count: number): string => `{ ${times(count, () => '__typename')} }`;
    expect((await ask(fields(500))).errors).toBeUndefined();
    expectRefusal(await ask(fields(501)), 'OPERATION_TOO_COMPLEX', '501 fields, 500 are allowed');
  });

  test('introspection, as GraphiQL asks for it, is within the limits', async () => {
    expect((await ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true }))).errors).toBeUndefined();
  });

  test('variables nested deeper than the stack', async () => {
    const deep = (depth: number): string => `{"document":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const mutation = 'mutation ($document: JSON!) { importRegistry(document: $document) { modelsCreated } }';
    expectRefusal(await ask(mutation, deep(20_000)), 'OPERATION_TOO_COMPLEX', 'JUARA_MAX_INPUT_DEPTH');
    expectRefusal(await ask(mutation, deep(51)), 'OPERATION_TOO_COMPLEX', '51 levels');
    // No registry document, but looked at: the depth itself is allowed.
    expectRefusal(await ask(mutation, deep(50)), 'INVALID_DOCUMENT', '');
  });
});
