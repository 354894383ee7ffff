import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Asking, askOverHttp, askOverSocket } from '../support/asked.js';
import { startTestServer, type TestServer } from '../support/server.js';

const MAX_COST = 1000;

let server: TestServer;
let transports: readonly Asking[];

beforeAll(async () => {
  server = await startTestServer({ JUARA_MAX_COST: String(MAX_COST) });
  transports = [askOverHttp(server, server.token), await askOverSocket(server, server.token)];
});
afterAll(async () => {
  for (const { close } of transports ?? []) close();
  await server?.stop();
});
afterEach(async () => {
  for (const { ask } of transports) expect((await ask('{ viewer { role } }')).data).toEqual({ viewer: { role: 'ADMIN' } });
});

const benchmarks = (first: string): string => `benchmarks${first} { nodes { name } }`;
/** 1 + models * (1 + 1 + versions * (1 + 10 evaluations)) */
const nested = (models: string, versions: string): string =>
  `models${models} { nodes { versions${versions} { nodes { evaluations { id } } } } }`;

describe.each(['HTTP', 'WebSocket'] as const)('over %s', (name) => {
  const ask: Asking['ask'] = (...asked) => {
    const transport = transports.find((t) => t.name === name);
    if (transport === undefined) throw new Error(`no ${name}`);
    return transport.ask(...asked);
  };
  const askedCost = async (...asked: Parameters<Asking['ask']>): Promise<number | null> => {
    const { data, errors } = await ask(...asked);
    if (errors === undefined) return null;
    expect(data ?? null).toBeNull();
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('JUARA_MAX_COST'),
      extensions: { code: 'OPERATION_TOO_COMPLEX', details: { allowed: MAX_COST } },
    });
    return Number(errors[0]?.extensions.details?.asked);
  };

  test('the limit is allowed, one more is not', async () => {
    expect(await askedCost(`{ ${benchmarks('(first: 999)')} }`)).toBeNull();
    expect(await askedCost(`{ ${benchmarks('(first: 1000)')} }`)).toBe(1001);
  });

  test('`first` by variable: the same document, cheap and dear', async () => {
    const document = `query ($n: Int) { ${benchmarks('(first: $n)')} }`;
    for (const _ of [1, 2]) {
      expect(await askedCost(document, { n: 10 })).toBeNull();
      expect(await askedCost(document, { n: 1000 })).toBe(1001);
    }
    expect(await askedCost(`query ($n: Int = 1000) { ${benchmarks('(first: $n)')} }`)).toBe(1001);
    expect(await askedCost(`query ($n: Int = 1000) { ${benchmarks('(first: $n)')} }`, { n: 5 })).toBeNull();
  });

  test('without `first`, or with null, it is what the schema says', async () => {
    const cost = 1 + 20 * (1 + 1 + 20 * 11);
    expect(await askedCost(`{ ${nested('', '')} }`)).toBe(cost);
    expect(await askedCost(`{ ${nested('(first: null)', '(first: null)')} }`)).toBe(cost);
    expect(await askedCost(`query ($a: Int, $b: Int) { ${nested('(first: $a)', '(first: $b)')} }`, { a: null })).toBe(cost);
  });

  test('connections within connections multiply', async () => {
    expect(await askedCost(`{ ${nested('(first: 100)', '(first: 100)')} }`)).toBe(1 + 100 * (2 + 100 * 11));
    expect(await askedCost(`{ ${nested('(first: 2)', '(first: 20)')} }`)).toBeNull();
  });

  test('a fragment costs what it holds, each time; aliases add up', async () => {
    const document = (first: number): string =>
      `{ a: ${benchmarks(`(first: ${first})`)} ...F ...G } fragment F on Query { b: ${benchmarks(
        `(first: ${first})`,
      )} } fragment G on Query { c: ${benchmarks(`(first: ${first})`)} }`;
    expect(await askedCost(document(332))).toBeNull();
    expect(await askedCost(document(333))).toBe(1002);
  });

  test('what is skipped costs nothing', async () => {
    const document = `query ($all: Boolean!) { viewer { role } ${benchmarks('(first: 1000)').replace('{', '@include(if: $all) {')} }`;
    expect(await askedCost(document, { all: false })).toBeNull();
    expect(await askedCost(document, { all: true })).toBe(1002);
  });

  test('subscriptions and mutations are counted too', async () => {
    const versions = 'model { versions(first: 1000) { nodes { version } } }';
    expect(await askedCost(`mutation { promote(input: { model: "m", version: "1.0.0" }) { ${versions} } }`)).toBe(1003);
    if (name === 'HTTP') return;
    expect(await askedCost('subscription { champion(model: "m") { metrics { benchmark { tasks { bins { class } } } } } }')).toBeGreaterThan(
      MAX_COST,
    );
  });

  test('an argument that its field refuses does not hide what the others cost', async () => {
    const document = `query ($m: String = "m", $n: Int) { model(name: $m) { name } ${benchmarks('(first: $n)')} }`;
    const { data, errors } = await ask(document, { m: null, n: 1000 });
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  test('fragments that hold little but one another', async () => {
    const inner = `${'... { '.repeat(30)} __typename ${'} '.repeat(30)}`;
    const { errors } = await ask(`{ ${'...F '.repeat(450)} } fragment F on Query { ${inner} }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('JUARA_MAX_FIELDS'),
      extensions: { code: 'OPERATION_TOO_COMPLEX' },
    });
  });

  test('variables that are refused are refused as such', async () => {
    const { errors } = await ask(`query ($n: Int!) { ${benchmarks('(first: $n)')} }`, { n: 'many' });
    expect(errors?.[0]?.message).toMatch(/^Variable "\$n" got invalid value "many"/);
  });
});

test('with the default, three pages of a hundred within one another are refused, and one of a thousand is not', async () => {
  const other = await startTestServer();
  for (const asking of [askOverHttp(other, null), await askOverSocket(other, null)]) {
    const wide = `{ models(first: 100) { nodes { versions(first: 100) { nodes { modelId } } reigns(first: 100) { nodes { version {
      evaluations { metrics { name } } } } } } } }`;
    expect((await asking.ask(wide)).errors?.[0]?.extensions.code).toBe('OPERATION_TOO_COMPLEX');
    expect(
      (await asking.ask('{ models(first: 1000) { nodes { name champion { version } challengers { version } } } }')).errors,
    ).toBeUndefined();
    asking.close();
  }
  await other.stop();
});
