import { Webhook as Signer } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/domain/event.js';
import type { Webhook } from '../../src/domain/webhook.js';
import { replayWebhook } from '../../src/usecases/replayWebhook.js';
import { rotateWebhookSecret } from '../../src/usecases/rotateWebhookSecret.js';
import { updateWebhook } from '../../src/usecases/updateWebhook.js';
import { bothDatabases } from '../support/databases.js';
import { ADMIN, type Node, openNode, POLICY } from '../support/deliverer.js';
import { hang, type Received, type Receiver, startReceiver } from '../support/receiver.js';
import { aModel } from '../support/storageRecords.js';

const seqs = (events: readonly { readonly seq: number }[]): number[] => events.map((e) => e.seq);
const unique = (requests: readonly Received[]): number[] => [...new Set(seqs(requests))];

describe.each(bothDatabases())('delivery to webhooks on $name', (databases) => {
  let node: Node;
  let receiver: Receiver;
  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    node = await openNode(await databases.create());
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await node.close();
    await receiver.close();
    expect(node.errors).toEqual([]);
  });

  const stored = async ({ id }: Webhook): Promise<Webhook> => (await node.store.reads.webhook(id)) as Webhook;
  const arrived = (last: StoredEvent | undefined): Promise<void> => receiver.until((all) => all.some((r) => r.seq === last?.seq));
  /** The receiver has the event, and the hook's place says so. */
  async function settled(hook: Webhook, seq: number): Promise<Webhook> {
    for (;;) {
      const now = await stored(hook);
      if (now.seq >= seq) return now;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  async function inactive(hook: Webhook): Promise<Webhook> {
    for (;;) {
      const now = await stored(hook);
      if (!now.active) return now;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('sends every event, in order, as a signed CloudEvent', async () => {
    await node.write(2);
    const { webhook, secret } = await node.hook({ url: `${receiver.url}/hook?x=1` });
    const written = await node.write(5, 'm');
    await node.deliver();
    await arrived(written.at(-1));
    expect(seqs(receiver.requests)).toEqual(seqs(written));
    const [first] = receiver.requests as [Received];
    const [event] = written as [StoredEvent];
    const { registryId } = await node.store.reads.head();
    expect(first.path).toBe('/hook?x=1');
    expect(first.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': `${registryId}/${event.seq}`,
    });
    expect(new Signer(secret).verify(first.body, first.headers as Record<string, string>)).toEqual({
      specversion: '1.0',
      id: `${registryId}/${event.seq}`,
      source: `juara/${registryId}`,
      type: 'juara.promoted',
      time: '1970-01-01T00:00:00.000Z',
      subject: 'm',
      datacontenttype: 'application/json',
      data: { ...event, at: '1970-01-01T00:00:00.000Z', cursor: await node.feed.cursor(event) },
    });
    expect(() => new Signer(secret).verify(`${first.body} `, first.headers as Record<string, string>)).toThrow();
    await settled(webhook, event.seq + 4);
  });

  it('goes on with what is written later, and with hooks that are made later', async () => {
    const deliverer = await node.deliver();
    expect(deliverer.workers()).toBe(0);
    await node.hook({ url: receiver.url });
    const first = await node.write(1);
    await arrived(first[0]);
    const second = await node.write(1);
    await arrived(second[0]);
    expect(seqs(receiver.requests)).toEqual(seqs([...first, ...second]));
  });

  it('repeats an event until it is taken, with the same id and bytes, and sends none before it', async () => {
    const { webhook, secret } = await node.hook({ url: receiver.url });
    const written = await node.write(3);
    const refusals = [500, 404, 302, 429];
    receiver.behave((_request, response) => {
      const status = refusals.shift();
      if (status !== undefined) response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end('x'.repeat(100_000));
    });
    await node.deliver();
    await arrived(written[2]);
    const [one, two, three] = seqs(written) as [number, number, number];
    expect(seqs(receiver.requests)).toEqual([one, one, one, one, one, two, three]);
    const repeated = receiver.requests.slice(0, 5);
    expect(new Set(repeated.map((r) => `${r.headers['webhook-id']} ${r.body} ${r.path}`)).size).toBe(1);
    for (const r of repeated) new Signer(secret).verify(r.body, r.headers as Record<string, string>);
    expect(await settled(webhook, three)).toMatchObject({ failingSince: null, active: true });
    const { nodes } = await node.store.reads.webhookDeliveries(webhook.id, { first: 10, after: null });
    expect(nodes.map((d) => [d.seq, d.status, d.attempts, d.responseStatus, d.error])).toEqual([
      [three, 'DELIVERED', 1, 204, null],
      [two, 'DELIVERED', 1, 204, null],
      [one, 'DELIVERED', 5, 204, null],
    ]);
  });

  it('survives receivers that hang, close the socket, talk nonsense, or never end their answer', async () => {
    await node.hook({ url: receiver.url });
    const written = await node.write(2);
    const faults: ((response: Parameters<Parameters<Receiver['behave']>[0]>[1]) => void)[] = [
      hang,
      (response) => response.destroy(),
      (response) => void response.socket?.end('nonsense\r\n\r\n'),
      (response) => void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      (response) => {
        hang(response);
        response.writeHead(200).write('part');
      },
    ];
    receiver.behave((_request, response) => faults.shift()?.(response));
    await node.deliver({ policy: { ...POLICY, timeoutMs: 300 } });
    await arrived(written[1]);
    const [one, two] = seqs(written) as [number, number];
    // The status had come with the answer that did not end: that one counts.
    expect(seqs(receiver.requests)).toEqual([one, one, one, one, one, two]);
  });

  it('shows failing deliveries while they fail', async () => {
    const { webhook } = await node.hook({ url: receiver.url });
    const [event] = (await node.write(1)) as [StoredEvent];
    receiver.behave((_request, response) => void response.writeHead(503, { 'retry-after': '60' }).end());
    await node.deliver({ policy: { ...POLICY, retryDelaysMs: [3_600_000] } });
    await arrived(event);
    await expect.poll(async () => (await stored(webhook)).failingSince).not.toBeNull();
    const { nodes } = await node.store.reads.webhookDeliveries(webhook.id, { first: 1, after: null });
    expect(nodes[0]).toMatchObject({ seq: event.seq, status: 'PENDING', attempts: 1, responseStatus: 503 });
    expect((nodes[0]?.nextAttemptAt as number) - (nodes[0]?.lastAttemptAt as number)).toBe(3_600_000);
  });

  it('filters by type and model', async () => {
    await node.store.inTransaction((tx) => tx.insertModel(aModel('m')));
    await node.hook({ url: receiver.url, types: ['PROMOTED'], model: 'm' });
    await node.deliver();
    const wanted: StoredEvent[] = [];
    for (const model of ['m', 'n', null, 'm']) {
      const events = await node.write(6, model);
      if (model === 'm') wanted.push(...events.filter((e) => e.type === 'PROMOTED'));
    }
    await arrived(wanted.at(-1));
    expect(seqs(receiver.requests)).toEqual(seqs(wanted));
  });

  it('sends nothing of the past to a filter that has become wider', async () => {
    const { webhook } = await node.hook({ url: receiver.url, types: ['TOKEN_CREATED'] });
    await node.deliver();
    await node.write(6);
    await updateWebhook(node.deps, ADMIN, { id: webhook.id, types: ['PROMOTED'] });
    const later = await node.write(1);
    await arrived(later[0]);
    expect(seqs(receiver.requests)).toEqual(seqs(later));
  });

  it('is deactivated by 410 Gone, and goes on from its place when it is activated again', async () => {
    const { webhook } = await node.hook({ url: receiver.url, types: ['PROMOTED', 'POLICY_CHANGED'] });
    const written = await node.write(3);
    receiver.behave((request, response) => {
      if (request.seq === written[1]?.seq) response.writeHead(410).end();
    });
    const deliverer = await node.deliver();
    expect(await inactive(webhook)).toMatchObject({ disabledReason: expect.stringContaining('410'), seq: written[0]?.seq });
    await expect.poll(() => deliverer.workers()).toBe(0);
    const { events } = await node.store.reads.events({ types: ['WEBHOOK_UPDATED'] }, 0, 10);
    expect(events).toMatchObject([{ actor: 'juara', data: { id: webhook.id, active: false } }]);
    const missed = await node.write(2);
    receiver.behave(() => undefined);
    await updateWebhook(node.deps, ADMIN, { id: webhook.id, active: true });
    await arrived(missed[1]);
    expect(seqs(receiver.requests.slice(2))).toEqual(seqs([...written.slice(1), ...missed]));
    expect(await settled(webhook, missed[1]?.seq as number)).toMatchObject({ active: true, disabledReason: null });
  });

  it('is deactivated after it has failed for too long', async () => {
    let now = 1_770_000_000_000;
    const { webhook } = await node.hook({ url: receiver.url });
    await node.write(1);
    receiver.behave((_request, response) => {
      now += 1_000;
      response.writeHead(500).end();
    });
    await node.deliver({ now: () => now, policy: { ...POLICY, giveUpMs: 5_000 } });
    expect(await inactive(webhook)).toMatchObject({ disabledReason: expect.stringContaining('2026-02-02T02:40:00.000Z') });
    expect(receiver.requests.length).toBe(6);
    const { nodes } = await node.store.reads.webhookDeliveries(webhook.id, { first: 1, after: null });
    expect(nodes[0]).toMatchObject({ status: 'FAILED', attempts: 6, nextAttemptAt: null });
  });

  it('delivers again from a cursor, also while a request is under way', async () => {
    const { webhook } = await node.hook({ url: receiver.url, types: ['PROMOTED', 'POLICY_CHANGED'] });
    const written = await node.write(4);
    const after = written[0]?.seq as number;
    let replayed = false;
    receiver.behave(async (request) => {
      if (request.seq !== written[3]?.seq || replayed) return;
      replayed = true;
      await replayWebhook(node.deps, ADMIN, { id: webhook.id, afterSeq: after });
    });
    await node.deliver();
    await receiver.until((all) => all.length >= 7);
    await settled(webhook, written[3]?.seq as number);
    expect(seqs(receiver.requests)).toEqual(seqs([...written, ...written.slice(1)]));
  });

  it('signs with both secrets while they overlap, and follows a change of the address at once', async () => {
    const { webhook, secret } = await node.hook({ url: 'http://127.0.0.1:1/', types: ['PROMOTED'] });
    const [event] = (await node.write(1)) as [StoredEvent];
    await node.deliver({ policy: { ...POLICY, retryDelaysMs: [3_600_000] } });
    await expect.poll(async () => (await stored(webhook)).failingSince).not.toBeNull();
    const rotated = await rotateWebhookSecret(node.deps, ADMIN, { id: webhook.id, overlapHours: 1 });
    await updateWebhook(node.deps, ADMIN, { id: webhook.id, url: receiver.url });
    await arrived(event);
    const [request] = receiver.requests as [Received];
    for (const key of [secret, rotated.secret]) new Signer(key).verify(request.body, request.headers as Record<string, string>);
    await rotateWebhookSecret(node.deps, ADMIN, { id: webhook.id, overlapHours: 0 });
    const [next] = await node.write(1);
    await arrived(next);
    const last = receiver.requests.at(-1) as Received;
    expect(() => new Signer(rotated.secret).verify(last.body, last.headers as Record<string, string>)).toThrow();
  });

  it('leaves nothing out and nothing running where it is stopped in the midst and started again', async () => {
    const { webhook } = await node.hook({ url: receiver.url });
    const written: StoredEvent[] = [];
    for (let i = 0; i < 5; i++) {
      const deliverer = await node.deliver();
      written.push(...(await node.write(8)));
      await receiver.until((all) => all.length > i * 6);
      await deliverer.stop();
      expect(deliverer.workers()).toBe(0);
      expect(node.feed.followers()).toBe(0);
    }
    await node.deliver();
    await settled(webhook, written.at(-1)?.seq as number);
    expect(unique(receiver.requests)).toEqual(seqs(written));
  });

  it('breaks off a request that hangs when it is stopped, and does not count it', async () => {
    const { webhook } = await node.hook({ url: receiver.url });
    const [event] = (await node.write(1)) as [StoredEvent];
    receiver.behave((_request, response) => hang(response));
    const deliverer = await node.deliver({ policy: { ...POLICY, timeoutMs: 300_000 } });
    await arrived(event);
    await deliverer.stop();
    expect(await stored(webhook)).toMatchObject({ failingSince: null });
    expect((await node.store.reads.webhookDeliveries(webhook.id, { first: 1, after: null })).nodes).toEqual([]);
  });

  it('keeps a slow receiver from holding up another', async () => {
    const other = await startReceiver();
    other.behave((_request, response) => hang(response));
    await node.hook({ url: other.url });
    await node.hook({ url: receiver.url, types: ['PROMOTED'] });
    const written = await node.write(1);
    await node.deliver({ policy: { ...POLICY, timeoutMs: 300_000 } });
    await arrived(written[0]);
    await other.close();
  });
});
