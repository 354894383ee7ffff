import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { championOf, createModel, promote, register, reject, rollback } from '../support/steps.js';

let server: TestServer;
let admin: Api;
let pipeline: Api;
const GOOD = { magnitude_accuracy: 90, magnitude_f1: 90, azimuth_accuracy: 70, azimuth_f1: 70 };
const better = (by: number): Record<string, number> => Object.fromEntries(Object.entries(GOOD).map(([name, value]) => [name, value + by]));
const APPROVE =
  'mutation ($id: ID!, $reason: String) { approvePromotion(decision: $id, reason: $reason) { outcome decision { id outcome requestedBy rules { rule passed detail } } } }';
const DECLINE =
  'mutation ($id: ID!) { declinePromotion(decision: $id, reason: "not before the monsoon") { id answer { kind by reason } } }';

beforeAll(async () => {
  server = await startTestServer();
  admin = createApi(server.url, server.token);
  const { createToken } = await admin.query('mutation { createToken(input: { name: "pipeline", role: AUTOMATION }) { secret } }');
  pipeline = createApi(server.url, createToken.secret);
});
afterAll(() => server?.stop());

async function modelWithChampion(name: string): Promise<void> {
  await createModel(admin, name);
  await register(pipeline, name, { version: '1.0.0', metrics: GOOD });
  await promote(admin, name, '1.0.0');
}

describe('approval', () => {
  it('a pipeline asks, an operator approves, and it is decided anew', async () => {
    await modelWithChampion('approve');
    await register(pipeline, 'approve', { metrics: better(2) });
    const asked = await promote(pipeline, 'approve', '1.0.1');
    expect(asked).toMatchObject({ outcome: 'AWAITING_APPROVAL', event: null, decision: { outcome: 'HOLD' } });
    expect(await championOf(admin, 'approve')).toBe('1.0.0');
    expect(await pipeline.refusal(APPROVE, { id: asked.decision.id })).toBe('FORBIDDEN');

    const { approvePromotion } = await admin.query(APPROVE, { id: asked.decision.id });
    expect(approvePromotion).toMatchObject({ outcome: 'PROMOTED', decision: { outcome: 'PROMOTE', requestedBy: 'pipeline' } });
    expect(approvePromotion.decision.id).not.toBe(asked.decision.id);
    expect(await championOf(admin, 'approve')).toBe('1.0.1');
    expect(await admin.refusal(APPROVE, { id: asked.decision.id })).toBe('DECISION_CLOSED');
  });

  it('is checked against the champion of the moment it is given', async () => {
    await modelWithChampion('late');
    await register(pipeline, 'late', { version: '1.0.1', metrics: better(2) });
    await register(pipeline, 'late', { version: '1.0.2', metrics: better(5) });
    const asked = await promote(pipeline, 'late', '1.0.1');
    expect((await promote(admin, 'late', '1.0.2')).outcome).toBe('PROMOTED');
    const { approvePromotion } = await admin.query(APPROVE, { id: asked.decision.id });
    expect(approvePromotion).toMatchObject({ outcome: 'REFUSED', decision: { outcome: 'REFUSE' } });
    expect(await championOf(admin, 'late')).toBe('1.0.2');
  });

  it('can be declined, and ends with the challenger’s rejection', async () => {
    await modelWithChampion('decline');
    await register(pipeline, 'decline', { version: '1.0.1', metrics: better(2) });
    const first = await promote(pipeline, 'decline', '1.0.1');
    const { declinePromotion } = await admin.query(DECLINE, { id: first.decision.id });
    expect(declinePromotion.answer).toMatchObject({ kind: 'DECLINED', by: 'admin', reason: 'not before the monsoon' });
    const second = await promote(pipeline, 'decline', '1.0.1');
    expect(second.outcome).toBe('AWAITING_APPROVAL');
    await reject(admin, 'decline', '1.0.1');
    expect(await admin.refusal(APPROVE, { id: second.decision.id })).toBe('DECISION_CLOSED');
  });
});

describe('every decision is kept', () => {
  it('refusals with each rule’s numbers, overrides with who and why, previews not at all', async () => {
    await modelWithChampion('kept');
    await register(pipeline, 'kept', { version: '1.0.1', metrics: better(-3) });
    const preview = 'query { previewPromotion(model: "kept", version: "1.0.1") { outcome summary } }';
    expect((await admin.query(preview)).previewPromotion.outcome).toBe('REFUSE');
    const refused = await promote(admin, 'kept', '1.0.1');
    expect(refused.outcome).toBe('REFUSED');
    const harm = refused.decision.rules.find((r: { subject: string }) => r.subject === 'magnitude_accuracy');
    expect(harm).toMatchObject({ rule: 'NO_HARM', passed: false, measured: 3, limit: 1 });
    expect(
      await pipeline.refusal('mutation { promote(input: { model: "kept", version: "1.0.1", overrideReason: "now" }) { outcome } }'),
    ).toBe('FORBIDDEN');
    expect((await promote(admin, 'kept', '1.0.1', { overrideReason: 'the field team asked for it' })).outcome).toBe('PROMOTED');

    const { decisions } = await admin.query(
      '{ decisions(model: "kept") { nodes { outcome applied overriddenBy overrideReason champion { version } candidate { version } policy { revision } comparison { composite { difference coverage } } } } }',
    );
    expect(decisions.nodes).toHaveLength(3);
    expect(decisions.nodes[0]).toMatchObject({
      outcome: 'REFUSE',
      applied: true,
      overriddenBy: 'admin',
      overrideReason: 'the field team asked for it',
      champion: { version: '1.0.0' },
    });
    expect(decisions.nodes[0].comparison.composite.difference).toBeCloseTo(-0.03, 10);
    expect(decisions.nodes[2]).toMatchObject({ outcome: 'PROMOTE', champion: null, comparison: null });
    const { registrySummary } = await admin.query('{ registrySummary { totalRuns successfulUpdates failedUpdates } }');
    expect(registrySummary.totalRuns).toBe(registrySummary.successfulUpdates + registrySummary.failedUpdates);
  });

  it('under the policy of its time, whatever the policy is later', async () => {
    const { setPolicy } = await admin.query(
      'mutation { setPolicy(input: { model: "kept", expectedRevision: 1, strict: true, minImprovement: 0.2 }) { revision strict } }',
    );
    expect(setPolicy).toEqual({ revision: 2, strict: true });
    const { decisions } = await admin.query('{ decisions(model: "kept", first: 1) { nodes { policy { revision minImprovement } } } }');
    expect(decisions.nodes[0].policy).toEqual({ revision: 1, minImprovement: 0.005 });
  });
});

describe('many at once', () => {
  it('of twenty promotions with the same expectation exactly one is carried out', async () => {
    await modelWithChampion('race');
    for (let i = 1; i <= 20; i++) await register(pipeline, 'race', { version: `1.1.${i}`, metrics: better(5) });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => promote(admin, 'race', `1.1.${i + 1}`, { expectedChampion: '1.0.0' })),
    );
    const outcomes = answers.map((a) => (a.status === 'fulfilled' ? a.value.outcome : String(a.reason.message).split(':')[0]));
    expect(outcomes.filter((o) => o === 'PROMOTED')).toHaveLength(1);
    expect(outcomes.filter((o) => o === 'CONFLICT')).toHaveLength(19);
  });

  it('reigns neither overlap nor leave a gap', async () => {
    for (let i = 0; i < 6; i++)
      await rollback(
        admin,
        'race',
        i % 2 === 0
          ? {}
          : {
              version: (await admin.query('{ decisions(model: "race", first: 1) { nodes { candidate { version } } } }')).decisions.nodes[0]
                .candidate.version,
            },
      );
    const { model } = await admin.query('{ model(name: "race") { reigns(first: 50) { nodes { from until } } } }');
    const reigns = model.reigns.nodes;
    expect(reigns).toHaveLength(8);
    for (let i = 1; i < reigns.length; i++) expect(reigns[i].until).toBe(reigns[i - 1].from);
  });
});
