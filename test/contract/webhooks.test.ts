import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookAttempt } from '../../src/ports.js';
import { bothDatabases } from '../support/databases.js';
import { type Node, openNode, POLICY } from '../support/deliverer.js';
import { hang, startReceiver } from '../support/receiver.js';
import { aWebhook, SECRETS } from '../support/webhookRecords.js';

const ALL = { first: 100, after: null } as const;

describe.each(bothDatabases())('webhooks in storage on $name', (databases) => {
  let url: string;
  let node: Node;
  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    url = await databases.create();
    node = await openNode(url);
  });
  afterEach(() => node.close());

  const insert = (...ids: string[]): Promise<void> =>
    node.store.inTransaction(async (tx) => {
      for (const [i, id] of ids.entries()) await tx.insertWebhook(aWebhook(id, { createdAt: i }), SECRETS);
    });
  const attempt = (seq: number, patch: Partial<WebhookAttempt> = {}): Promise<void> =>
    node.store.inTransaction((tx) =>
      tx.recordWebhookAttempt({
        webhook: 'a',
        seq,
        status: 'DELIVERED',
        responseStatus: 200,
        error: null,
        at: 7,
        nextAttemptAt: null,
        ...patch,
      }),
    );

  it('gives back what was put in, the secrets apart', async () => {
    await insert('a', 'b');
    expect(await node.store.reads.webhook('a')).toEqual(aWebhook('a', { createdAt: 0 }));
    expect(await node.store.reads.webhook('c')).toBeNull();
    expect((await node.store.reads.webhooks()).map((h) => h.id)).toEqual(['a', 'b']);
    expect(JSON.stringify(await node.store.reads.webhooks())).not.toContain('whsec_');
    expect(await node.store.reads.webhookSecrets('a')).toEqual(SECRETS);
    expect(await node.store.reads.webhookSecrets('c')).toBeNull();
  });

  it('changes the named fields, and says what does not exist', async () => {
    await insert('a');
    await node.store.inTransaction(async (tx) => {
      expect(await tx.lockWebhook('a')).toEqual(aWebhook('a', { createdAt: 0 }));
      await tx.updateWebhook('a', { active: false, disabledReason: 'why', types: null, seq: 9_007_199_254_740_991 });
      await tx.setWebhookSecrets('a', { current: 'whsec_new', previous: null, previousUntil: null });
    });
    const changed = { createdAt: 0, active: false, disabledReason: 'why', types: null, seq: 9_007_199_254_740_991 };
    expect(await node.store.reads.webhook('a')).toEqual(aWebhook('a', changed));
    expect(await node.store.reads.webhookSecrets('a')).toMatchObject({ current: 'whsec_new', previous: null });
    const missing = node.store.inTransaction((tx) => tx.updateWebhook('x', { name: 'y' }));
    await expect(missing).rejects.toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
  });

  it('counts attempts, one row an event, and pages through them from the latest', async () => {
    await insert('a', 'b');
    await attempt(1, { status: 'PENDING', responseStatus: null, error: 'no answer', nextAttemptAt: 20 });
    await attempt(1, { at: 30 });
    for (let seq = 2; seq <= 7; seq++) await attempt(seq);
    await attempt(3, { webhook: 'b' });
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const page = await node.store.reads.webhookDeliveries('a', { first: 3, after });
      seen.push(...page.nodes.map((d) => d.seq));
      after = page.hasNextPage ? (page.cursors.at(-1) as string) : null;
    } while (after !== null);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const { nodes } = await node.store.reads.webhookDeliveries('a', ALL);
    expect(nodes.at(-1)).toEqual({
      webhook: 'a',
      seq: 1,
      status: 'DELIVERED',
      attempts: 2,
      responseStatus: 200,
      error: null,
      firstAttemptAt: 7,
      lastAttemptAt: 30,
      nextAttemptAt: null,
    });
    await expect(node.store.reads.webhookDeliveries('a', { first: 1, after: 'x' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('has each hook held by one process, until its lease has run out or is given back', async () => {
    await insert('a', 'b');
    const claim = (owner: string, leaseMs: number | null): Promise<string[]> =>
      node.store.inTransaction((tx) => tx.claimWebhooks(owner, leaseMs));
    expect(await claim('one', 60_000)).toEqual(['a', 'b']);
    expect(await claim('two', 60_000)).toEqual([]);
    expect(await claim('one', 60_000)).toEqual(['a', 'b']);
    await node.store.inTransaction((tx) => tx.updateWebhook('b', { active: false }));
    expect(await claim('one', 60_000)).toEqual(['a']);
    await node.store.inTransaction((tx) => tx.releaseWebhooks('one'));
    // A lease that is over as soon as it begins.
    expect(await claim('two', -1)).toEqual(['a']);
    expect(await claim('three', 60_000)).toEqual(['a']);
    expect(await claim('two', 60_000)).toEqual([]);
    // Where no second process can be, whoever held it is gone.
    expect(await claim('four', null)).toEqual(['a']);
  });

  it('moves on from where it is alone, for its holder alone, while it is active', async () => {
    await insert('a');
    const advance = (owner: string, from: number, to: number): Promise<boolean> =>
      node.store.inTransaction((tx) => tx.advanceWebhook('a', owner, from, to));
    await node.store.inTransaction((tx) => tx.claimWebhooks('one', 60_000));
    await node.store.inTransaction((tx) => tx.updateWebhook('a', { failingSince: 5 }));
    expect(await advance('one', 0, 4)).toBe(false);
    expect(await advance('two', 3, 4)).toBe(false);
    expect(await advance('one', 3, 4)).toBe(true);
    expect(await node.store.reads.webhook('a')).toMatchObject({ seq: 4, failingSince: null });
    await node.store.inTransaction((tx) => tx.updateWebhook('a', { active: false }));
    expect(await advance('one', 4, 5)).toBe(false);
  });

  it.runIf(databases.name === 'postgres')('is delivered to by one of two servers, and by the other once that has gone', async () => {
    const other = await openNode(url);
    const receiver = await startReceiver();
    try {
      const { webhook } = await node.hook({ url: receiver.url });
      const [first, second] = await Promise.all([node.deliver({ leaseMs: 60_000 }), other.deliver({ leaseMs: 60_000 })]);
      const written = [...(await node.write(20)), ...(await other.write(20))];
      await receiver.until((all) => all.length >= 40);
      expect(receiver.requests.map((r) => r.seq)).toEqual(written.map((e) => e.seq));
      expect([first.workers(), second.workers()].sort()).toEqual([0, 1]);
      const [holder, heir] = first.workers() === 1 ? [first, other] : [second, node];
      await holder.stop();
      // Its lease was given back: whoever looks next takes the hook up.
      await heir.deliver({ leaseMs: 60_000 });
      const later = await heir.write(5);
      await receiver.until((all) => all.some((r) => r.seq === later[4]?.seq));
      expect(new Set(receiver.requests.map((r) => r.seq)).size).toBe(45);
      expect((await node.store.reads.webhook(webhook.id))?.active).toBe(true);
    } finally {
      await other.close();
      await receiver.close();
    }
  });

  it.runIf(databases.name === 'postgres')('is taken over when the lease of a server that does not renew it has run out', async () => {
    const receiver = await startReceiver();
    await node.store.inTransaction((tx) =>
      tx.insertWebhook(aWebhook('a', { url: receiver.url, seq: 0, types: null, model: null }), SECRETS),
    );
    // A server that took the hook and died.
    await node.store.inTransaction((tx) => tx.claimWebhooks('dead', 300));
    receiver.behave((_request, response) => hang(response));
    await node.deliver({ leaseMs: 300, policy: { ...POLICY, timeoutMs: 300_000 } });
    const [event] = await node.write(1);
    await receiver.until((all) => all.some((r) => r.seq === event?.seq));
    await receiver.close();
  });
});
