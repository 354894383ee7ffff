import { createHmac } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { runJuara } from '../support/juara.js';
import { type Received, type Receiver, startReceiver } from '../support/receiver.js';
import { type Settings, startTestServer, type TestServer } from '../support/server.js';
import { createModel } from '../support/steps.js';

const OPEN: Settings = { JUARA_WEBHOOK_ALLOW_PRIVATE: '1', JUARA_WEBHOOK_RETRY_DELAYS_MS: '5,20', JUARA_LOG_LEVEL: 'trace' };
const CREATE = 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id seq } secret } }';

let server: TestServer | null = null;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await server?.stop();
  await receiver.close();
  server = null;
});

const admin = (target: TestServer): Api => createApi(target.url, target.token);
const seqs = (requests: readonly Received[]): number[] => requests.map((r) => r.seq);

describe('webhooks of a server', () => {
  it('lose nothing and keep the order, however often the server is killed', async () => {
    server = await startTestServer(OPEN);
    const { createWebhook } = await admin(server).query(CREATE, { input: { name: 'all', url: receiver.url, after: '' } });
    let made = 0;
    for (let round = 0; round < 5; round++) {
      const api = admin(server);
      const seen = receiver.requests.length;
      // Killed while events are written and delivered; the receiver refuses one now and then.
      receiver.behave((request, response) => {
        if (request.seq % 7 === round) response.writeHead(500 + round).end();
      });
      const writing = (async () => {
        for (;;) {
          await createModel(api, `m${made}`);
          made += 1;
        }
      })().catch(() => undefined);
      await receiver.until((all) => all.length > seen + 12);
      await server.kill9();
      await writing;
      receiver.behave(() => undefined);
      server = await server.restart();
    }
    await createModel(admin(server), 'last');
    const { events } = await admin(server).query('{ events(first: 1000) { nodes { seq type } } }');
    const last = events.nodes.at(-1).seq;
    await receiver.until((all) => all.some((r) => r.seq === last));
    const delivered = seqs(receiver.requests);
    expect([...new Set(delivered)]).toEqual(events.nodes.map((e: { seq: number }) => e.seq));
    // What comes twice comes at once again, never after a later one.
    expect([...delivered].sort((a, b) => a - b)).toEqual(delivered);
    for (const r of receiver.requests) {
      expect(r.headers['webhook-id']).toMatch(new RegExp(`/${r.seq}$`));
      new Signer(createWebhook.secret).verify(r.body, r.headers as Record<string, string>);
    }
  });

  it('show the secret once: in no query, log, or error', async () => {
    server = await startTestServer(OPEN);
    const api = admin(server);
    const own = `whsec_${createHmac('sha256', 'k').update('own').digest('base64')}`;
    const { createWebhook: a } = await api.query(CREATE, { input: { name: 'a', url: `${receiver.url}/path-token` } });
    const { createWebhook: b } = await api.query(CREATE, { input: { name: 'b', url: receiver.url, secret: own } });
    const { rotateWebhookSecret: c } = await api.query('mutation ($id: ID!) { rotateWebhookSecret(id: $id) { webhook { id } secret } }', {
      id: a.webhook.id,
    });
    expect(b.secret).toBe(own);
    await createModel(api, 'm');
    await receiver.until((all) => all.some((r) => r.body.includes('juara.model_created')));
    const { errors } = await api.send(CREATE, { input: { name: 'x', url: 'nonsense', secret: own } });
    expect(errors?.[0]?.extensions.code).toBe('WEBHOOK_URL_REFUSED');
    const fields = 'id name url types model active seq cursor createdAt failingSince disabledReason';
    const everything = await api.query(
      `{ webhooks { ${fields} deliveries { nodes { seq status attempts responseStatus error } } } webhook(id: "${a.webhook.id}") { ${fields} }
         events(first: 100) { nodes { type ... on GenericEvent { data } } } }`,
    );
    expect(everything.webhooks).toHaveLength(2);
    const { stdout, stderr } = server.logs();
    const visible = [everything, errors, stdout, stderr, receiver.requests.map((r) => r.body)].map((v) => JSON.stringify(v)).join();
    for (const secret of [a.secret, b.secret, c.secret]) expect(visible).not.toContain(secret.slice(6));
    // Everyone who may read the log sees its events, but not the path of a hook.
    expect(JSON.stringify(everything.events)).not.toContain('path-token');
    expect(JSON.stringify(everything.events)).toContain(new URL(receiver.url).origin);
  });

  it('are refused private addresses where the setting does not allow them', async () => {
    server = await startTestServer();
    const api = admin(server);
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::1]', '169.254.169.254', '10.0.0.1'])
      expect(await api.refusal(CREATE, { input: { name: 'x', url: `http://${host}/` } })).toBe('WEBHOOK_URL_REFUSED');
    // One that was made while they were allowed is not delivered to any more.
    server = await server.restart(OPEN);
    const { createWebhook } = await admin(server).query(CREATE, { input: { name: 'a', url: receiver.url, types: ['MODEL_CREATED'] } });
    server = await server.restart({ JUARA_WEBHOOK_ALLOW_PRIVATE: undefined });
    await createModel(admin(server), 'm');
    const target = server;
    const delivery = async () =>
      (
        await admin(target).query('query ($id: ID!) { webhook(id: $id) { deliveries { nodes { status error } } } }', {
          id: createWebhook.webhook.id,
        })
      ).webhook.deliveries.nodes[0];
    await expect.poll(delivery).toMatchObject({ status: 'PENDING', error: expect.stringContaining('no public address') });
    expect(receiver.requests).toEqual([]);
  });

  it('are managed from the command line', async () => {
    server = await startTestServer(OPEN);
    const env = { JUARA_URL: server.url, JUARA_TOKEN: server.token };
    const juara = async (...args: string[]) => {
      const ran = await runJuara(['webhook', ...args], env);
      expect(ran).toMatchObject({ code: 0 });
      return ran.stdout;
    };
    const created = JSON.parse(await juara('create', 'ops', receiver.url, '--type', 'MODEL_CREATED', '--json'));
    const { id } = created.webhook;
    await createModel(admin(server), 'm');
    await receiver.until((all) => all.length === 1);
    expect(await juara('list')).toContain(id);
    expect(await juara('update', id, '--name', 'other', '--all-types')).toContain('other');
    expect(await juara('disable', id)).toContain('inactive: deactivated by');
    await createModel(admin(server), 'n');
    expect(await juara('enable', id)).toContain('active');
    await receiver.until((all) => all.some((r) => r.body.includes('"name":"n"')));
    const before = receiver.requests.length;
    await juara('replay', id, '--after', '');
    await receiver.until((all) => all.slice(before).some((r) => r.body.includes('"name":"n"')));
    expect(seqs(receiver.requests.slice(before)).slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(await juara('rotate', id, '--overlap-hours', '0')).toMatch(/^whsec_/);
    await expect.poll(() => juara('deliveries', id, '--limit', '1')).toContain('delivered');
    expect(JSON.parse(await juara('show', id, '--json'))).toMatchObject({ id, name: 'other', types: null, active: true });
    expect(await runJuara(['webhook', 'show', 'nobody'], env)).toMatchObject({ code: 8 });
  });
});
