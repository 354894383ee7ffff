import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Decision, type JuaraClient } from '../../src/client/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { SPELLED, spelledBenchmark, spelledModel, wrongOn } from '../support/spelled.js';

const [LARGE, MEDIUM, MODERATE] = [0, 1, 2];
/** What each version answers on the benchmark of 200 samples; accuracy in parentheses. */
const ANSWERS = {
  /** 40 wrong (80 %). */
  champion: wrongOn({ [MEDIUM]: [20, MODERATE], [MODERATE]: [20, MEDIUM] }),
  /** 10 of those 40 wrong (95 %). */
  winner: wrongOn({ [MEDIUM]: [5, MODERATE], [MODERATE]: [5, MEDIUM] }),
  /** 37 of those 40 wrong (81.5 %). */
  lucky: wrongOn({ [MEDIUM]: [17, MODERATE], [MODERATE]: [20, MEDIUM] }),
  /** As the winner, but 2 of the 20 Large missed (94 %). */
  harmful: wrongOn({ [LARGE]: [2, MEDIUM], [MEDIUM]: [5, MODERATE], [MODERATE]: [5, MEDIUM] }),
  /** 80 wrong (60 %). */
  loser: wrongOn({ [MEDIUM]: [40, MODERATE], [MODERATE]: [40, MEDIUM] }),
  /** All right. */
  best: wrongOn({}),
};
type Kind = keyof typeof ANSWERS;
const KINDS = Object.keys(ANSWERS) as Kind[];

let server: TestServer;
let admin: JuaraClient;
let pipeline: JuaraClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = createClient({ url: server.url, token: server.token });
  const { secret } = await admin.createToken({ name: 'pipeline', role: 'AUTOMATION' });
  pipeline = createClient({ url: server.url, token: secret });
  const file = spelledBenchmark(
    wrongOn({}),
    KINDS.map((kind) => ANSWERS[kind]),
  );
  await pipeline.registerBenchmark({ name: 'field', file, format: 'NPZ', tasks: [SPELLED] });
});
afterAll(() => server?.stop());

async function add(model: string, version: string, kind: Kind, measured = true): Promise<void> {
  await pipeline.register({ model, version, files: { 'model.onnx': spelledModel(KINDS.indexOf(kind), KINDS.length) } });
  if (measured) await measure(model, version);
}

async function measure(model: string, version: string): Promise<void> {
  const { id } = await pipeline.evaluate({ model, version, benchmark: 'field' });
  expect(await pipeline.followEvaluation(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
}

/** A model whose champion 1.0.0 is measured, decided by the benchmark. */
async function modelWithChampion(name: string, measured = true): Promise<void> {
  await admin.createModel({ name, tasks: [SPELLED] });
  await add(name, '1.0.0', 'champion', measured);
  expect((await admin.promote({ model: name, version: '1.0.0' })).outcome).toBe('PROMOTED');
  expect(await admin.setPolicy({ model: name, benchmark: 'field' })).toMatchObject({ requireMeasured: true, benchmark: { name: 'field' } });
}

const rule = ({ rules }: Decision, name: string, subject?: string) =>
  rules.find((r) => r.rule === name && (subject === undefined || r.subject === subject));
const failed = ({ rules }: Decision): string[] =>
  rules.filter((r) => !r.passed).map((r) => (r.subject === null ? r.rule : `${r.rule} ${r.subject}`));
const championOf = async (model: string): Promise<string | undefined> => (await admin.getModel(model))?.champion?.version;

describe('a promotion by evidence', () => {
  it('is given to a challenger that wins, with every number behind it', async () => {
    await modelWithChampion('wins');
    await add('wins', '1.0.1', 'winner');
    const { outcome, decision } = await admin.promote({ model: 'wins', version: '1.0.1' });
    expect({ outcome, failed: failed(decision) }).toEqual({ outcome: 'PROMOTED', failed: [] });
    const stored = await admin.getDecision(decision.id);
    expect(stored).toEqual(decision);
    // McNemar, exact: of 30 samples on which one alone is right, the candidate is right on all.
    const p = 2 * 0.5 ** 30;
    const test = decision.comparison?.tests[0];
    expect(test).toMatchObject({
      task: 'magnitude',
      bothRight: 160,
      onlyBaseRight: 0,
      onlyCandidateRight: 30,
      bothWrong: 10,
      significant: true,
    });
    expect(test?.pValue).toBeCloseTo(p, 12);
    const significance = rule(decision, 'STATISTICALLY_SIGNIFICANT');
    expect(significance).toMatchObject({ passed: true, limit: 0.05, subject: 'magnitude' });
    expect(significance?.measured).toBeCloseTo(p, 12);
    expect(rule(decision, 'EVIDENCE_MEASURED')).toMatchObject({ passed: true, measured: 2, limit: 2 });
    expect(rule(decision, 'NO_HARM', 'magnitude_recall_Large')).toMatchObject({ passed: true, measured: 0, limit: 2 });
    const accuracy = decision.comparison?.metrics.find((m) => m.name === 'magnitude_accuracy');
    expect(accuracy).toMatchObject({
      base: { value: 80, provenance: 'MEASURED' },
      candidate: { value: 95 },
      difference: 15,
      better: 'CANDIDATE',
    });
    expect(accuracy?.interval?.low).toBeGreaterThan(0);
    expect(accuracy?.interval?.low).toBeLessThan(15);
    expect(accuracy?.interval?.high).toBeGreaterThan(15);
    const composite = decision.comparison?.composite;
    expect(rule(decision, 'COMPOSITE_IMPROVES')).toMatchObject({ passed: true, limit: 0.005, measured: composite?.difference });
    expect(composite?.interval?.low).toBeGreaterThan(0);
    expect(decision.comparison?.verdict).toBe('CANDIDATE_BETTER');
    expect(await championOf('wins')).toBe('1.0.1');
  });

  it('is refused to one that cannot be told from the champion', async () => {
    await modelWithChampion('even');
    await add('even', '1.0.1', 'lucky');
    const { outcome, decision } = await admin.promote({ model: 'even', version: '1.0.1' });
    expect(outcome).toBe('REFUSED');
    expect(decision.outcome).toBe('REFUSE');
    expect(failed(decision)).toEqual(['STATISTICALLY_SIGNIFICANT magnitude']);
    // Three samples, all for the candidate: 2 / 2^3.
    expect(rule(decision, 'STATISTICALLY_SIGNIFICANT')?.measured).toBeCloseTo(0.25, 12);
    expect(decision.comparison?.verdict).toBe('INDISTINGUISHABLE');
    expect(await championOf('even')).toBe('1.0.0');
  });

  it('is refused to one that is better on average and worse on the critical class', async () => {
    await modelWithChampion('harms');
    await add('harms', '1.0.1', 'harmful');
    const { outcome, decision } = await admin.promote({ model: 'harms', version: '1.0.1' });
    expect({ outcome, failed: failed(decision) }).toEqual({ outcome: 'REFUSED', failed: ['NO_HARM magnitude_recall_Large'] });
    // 2 of 20 Large are missed.
    expect(rule(decision, 'NO_HARM', 'magnitude_recall_Large')).toMatchObject({ measured: 10, limit: 2 });
    expect(rule(decision, 'COMPOSITE_IMPROVES')).toMatchObject({ passed: true });
    expect(await championOf('harms')).toBe('1.0.0');
  });

  it('is held while a side is not measured, whatever was reported', async () => {
    await modelWithChampion('unmeasured', false);
    await add('unmeasured', '1.0.1', 'winner');
    const metrics = [
      { name: 'magnitude_accuracy', value: 99 },
      { name: 'magnitude_f1', value: 99 },
    ];
    await pipeline.register({ model: 'unmeasured', version: '1.0.2', metrics, files: { 'model.onnx': spelledModel(1, KINDS.length) } });
    for (const version of ['1.0.1', '1.0.2']) {
      const { outcome, decision } = await admin.promote({ model: 'unmeasured', version });
      expect({ outcome, says: decision.outcome }).toEqual({ outcome: 'REFUSED', says: 'HOLD' });
      expect(failed(decision)).toContain('STATISTICALLY_SIGNIFICANT magnitude');
      expect(rule(decision, 'STATISTICALLY_SIGNIFICANT')?.detail).toContain('evaluate');
      expect(failed(decision)).toContain('EVIDENCE_MEASURED');
    }
    await measure('unmeasured', '1.0.0');
    expect((await admin.promote({ model: 'unmeasured', version: '1.0.1' })).outcome).toBe('PROMOTED');
  });
});

describe('a policy that names a benchmark', () => {
  it('asks for measured numbers, unless the same call says otherwise', async () => {
    await admin.createModel({ name: 'policy', tasks: [SPELLED] });
    expect(await admin.getPolicy('policy')).toMatchObject({ requireMeasured: false, benchmark: null });
    expect(await admin.setPolicy({ model: 'policy', benchmark: 'field', requireMeasured: false })).toMatchObject({
      requireMeasured: false,
    });
    expect(await admin.setPolicy({ model: 'policy', minImprovement: 0.1 })).toMatchObject({ requireMeasured: false });
    expect(await admin.setPolicy({ model: 'policy', benchmark: 'field' })).toMatchObject({ requireMeasured: true, testTask: 'magnitude' });
    await expect(admin.setPolicy({ model: 'policy', benchmark: 'no-such' })).rejects.toMatchObject({ code: 'BENCHMARK_NOT_FOUND' });
    await expect(pipeline.setPolicy({ model: 'policy', benchmark: 'field' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a preview', () => {
  it('gives the decision that would be taken, and leaves no trace', async () => {
    await modelWithChampion('preview');
    await add('preview', '1.0.1', 'winner');
    const log = async (): Promise<number> => (await admin.events({ first: 1000 })).nodes.length;
    const before = await log();
    const preview = await admin.preview('preview', '1.0.1');
    expect(await admin.preview('preview', '1.0.1')).toMatchObject({ comparison: preview.comparison });
    expect(await log()).toBe(before);
    expect((await admin.getDecisions('preview')).nodes).toHaveLength(1);
    expect(await championOf('preview')).toBe('1.0.0');
    const { decision } = await admin.promote({ model: 'preview', version: '1.0.1' });
    const essence = ({ outcome, summary, rules, comparison }: Decision) => ({ outcome, summary, rules, comparison });
    expect(essence(decision)).toEqual({ ...essence(preview), comparison: expect.anything() });
    expect(decision.comparison?.metrics).toEqual(preview.comparison?.metrics);
    expect(decision.comparison?.tests).toEqual(preview.comparison?.tests);
  });
});

describe('an approval', () => {
  it('waits, and is given against the champion of its moment', async () => {
    await modelWithChampion('approval');
    await add('approval', '1.0.1', 'winner');
    await add('approval', '1.0.2', 'best');
    const asked = await pipeline.promote({ model: 'approval', version: '1.0.1' });
    expect(asked).toMatchObject({ outcome: 'AWAITING_APPROVAL', decision: { outcome: 'HOLD' }, event: null });
    expect(failed(asked.decision)).toEqual(['APPROVED']);
    // In between another one wins: the evidence of the request is stale.
    expect((await admin.promote({ model: 'approval', version: '1.0.2' })).outcome).toBe('PROMOTED');
    const answer = await admin.approve(asked.decision.id);
    expect(answer).toMatchObject({ outcome: 'REFUSED', decision: { outcome: 'REFUSE' } });
    // All 10 samples on which one alone is right are the champion's.
    expect(answer.decision.comparison?.tests[0]).toMatchObject({ onlyBaseRight: 10, onlyCandidateRight: 0 });
    expect(await championOf('approval')).toBe('1.0.2');
  });

  it('promotes where the evidence still says so', async () => {
    await modelWithChampion('approved');
    await add('approved', '1.0.1', 'winner');
    const asked = await pipeline.promote({ model: 'approved', version: '1.0.1' });
    await expect(pipeline.approve(asked.decision.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await admin.approve(asked.decision.id)).outcome).toBe('PROMOTED');
    expect(await championOf('approved')).toBe('1.0.1');
  });
});

describe('autoPromote', () => {
  /** The next event of the model of one of the types. */
  async function next(model: string, types: readonly string[], after: string): Promise<{ type: string; cursor: string }> {
    for await (const event of admin.watch({ model, after })) if (types.includes(event.type)) return event;
    throw new Error('the watch ended');
  }

  it('promotes a winner and rejects a loser by itself, the champion measured first where it is not', async () => {
    await modelWithChampion('auto', false);
    await admin.setPolicy({ model: 'auto', autoPromote: true, requireApproval: false });
    const { endCursor } = await admin.events({ model: 'auto', first: 1000 });
    await add('auto', '1.0.1', 'winner');
    const promoted = await next('auto', ['PROMOTED', 'VERSION_REJECTED'], endCursor);
    expect(promoted).toMatchObject({ type: 'PROMOTED', from: { version: '1.0.0' }, to: { version: '1.0.1' }, actor: 'juara' });
    expect((await admin.getVersion('auto', '1.0.0'))?.metrics.some((m) => m.provenance === 'MEASURED')).toBe(true);

    await add('auto', '1.0.2', 'loser');
    expect(await next('auto', ['PROMOTED', 'VERSION_REJECTED'], promoted.cursor)).toMatchObject({
      type: 'VERSION_REJECTED',
      actor: 'juara',
    });
    expect(await admin.getVersion('auto', '1.0.2')).toMatchObject({
      status: 'REJECTED',
      reason: expect.stringContaining('STATISTICALLY_SIGNIFICANT'),
    });
    expect(await championOf('auto')).toBe('1.0.1');
    expect((await admin.getDecisions('auto')).nodes.filter((d) => d.requestedBy === 'juara')).toHaveLength(2);
  });

  it('waits for an approval where the policy asks for one', async () => {
    await modelWithChampion('careful');
    await admin.setPolicy({ model: 'careful', autoPromote: true });
    const { endCursor } = await admin.events({ model: 'careful', first: 1000 });
    await add('careful', '1.0.1', 'winner');
    await next('careful', ['PROMOTION_REQUESTED', 'PROMOTED', 'PROMOTION_REFUSED'], endCursor);
    const [decision] = (await admin.getDecisions('careful')).nodes;
    expect(decision).toMatchObject({ awaitingApproval: true, requestedBy: 'juara' });
    expect((await admin.approve(decision?.id ?? '')).outcome).toBe('PROMOTED');
  });
});
