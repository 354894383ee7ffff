import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, SYSTEM } from '../../src/domain/actor.js';
import type { TokenRecord } from '../../src/domain/records.js';
import type { Deps, Store } from '../../src/ports.js';
import { type OpenStore, openStore } from '../../src/storage/openStore.js';
import { createToken } from '../../src/usecases/createToken.js';
import { revokeToken } from '../../src/usecases/revokeToken.js';
import { updateToken } from '../../src/usecases/updateToken.js';
import { bothDatabases } from '../support/databases.js';

const NOW = 1_770_000_000_000;
const OPERATOR: Actor = { name: 'o', role: 'OPERATOR', models: null, tokenId: 'o' };

describe.each(bothDatabases())('tokens on $name', (databases) => {
  let opened: OpenStore;
  let store: Store;
  let deps: Pick<Deps, 'store' | 'now'>;

  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    opened = await openStore({ url: await databases.create() });
    store = opened.store;
    deps = { store, now: () => NOW };
  });
  afterEach(() => opened.close());

  const create = async (role: TokenRecord['role'], more: { models?: string[]; expiresAt?: number } = {}): Promise<TokenRecord> =>
    (await createToken(deps, SYSTEM, { name: role.toLowerCase(), role, ...more })).token;
  const lastEvent = async () => (await store.reads.eventHistory({}, null, 1)).events[0];

  it('change in what is named, and the event says from what to what', async () => {
    await create('ADMIN');
    const token = await create('VIEWER', { models: ['m'] });
    const after = await updateToken(deps, SYSTEM, { id: token.id, role: 'AUTOMATION', models: null, expiresAt: NOW + 5 });
    expect(after).toEqual({ ...token, role: 'AUTOMATION', models: null, expiresAt: NOW + 5 });
    expect(await store.reads.tokenByHash(token.hash)).toEqual(after);
    expect(await lastEvent()).toMatchObject({
      type: 'TOKEN_CHANGED',
      at: NOW,
      actor: 'juara',
      model: null,
      data: {
        id: token.id,
        name: 'viewer',
        before: { role: 'VIEWER', models: ['m'], expiresAt: null },
        after: { role: 'AUTOMATION', models: null, expiresAt: NOW + 5 },
      },
    });
    expect((await updateToken(deps, SYSTEM, { id: token.id, name: 'ci', expiresAt: null })).expiresAt).toBeNull();
    expect(await store.reads.token(token.id)).toMatchObject({ name: 'ci', role: 'AUTOMATION', models: null, expiresAt: null });
  });

  it('stay as they are, without an event, where nothing changes: left out, null for what cannot be null, or the same', async () => {
    const token = await create('ADMIN');
    const { seq } = await store.reads.head();
    for (const same of [{}, { name: null, role: null }, { name: 'admin', role: 'ADMIN' as const, models: null, expiresAt: null }]) {
      expect(await updateToken(deps, SYSTEM, { id: token.id, ...same })).toEqual(token);
    }
    expect((await store.reads.head()).seq).toBe(seq);
  });

  it('are not changed by who may not, into what cannot be, or once revoked', async () => {
    await create('ADMIN');
    const token = await create('VIEWER');
    const change = (input: object, actor = SYSTEM) => updateToken(deps, actor, { id: token.id, ...input });
    const { seq } = await store.reads.head();
    await expect(change({ role: 'ADMIN' }, OPERATOR)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(change({ role: 'ADMIN' }, { ...SYSTEM, models: ['m'] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(change({ expiresAt: NOW })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(change({ name: ' ' })).rejects.toMatchObject({ code: 'INVALID_NAME' });
    await expect(change({ models: ['../m'] })).rejects.toMatchObject({ code: 'INVALID_NAME' });
    await expect(change({ id: 'nobody' })).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    expect((await store.reads.head()).seq).toBe(seq);
    await revokeToken(deps, SYSTEM, { id: token.id });
    await expect(change({ role: 'ADMIN' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await store.reads.token(token.id)).toEqual({ ...token, revokedAt: NOW });
  });

  it('never leave a registry without an ADMIN for everything', async () => {
    const last = await create('ADMIN');
    await create('ADMIN', { models: ['m'] });
    for (const change of [{ role: 'OPERATOR' as const }, { models: ['m'] }]) {
      await expect(updateToken(deps, SYSTEM, { id: last.id, ...change })).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    }
    await expect(revokeToken(deps, SYSTEM, { id: last.id })).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await create('ADMIN', { expiresAt: NOW + 1 });
    expect((await updateToken(deps, SYSTEM, { id: last.id, role: 'VIEWER' })).role).toBe('VIEWER');
  });

  it('of ADMINs that end each other at once leave one', async () => {
    const admins = async () => (await store.reads.tokens()).filter((token) => token.role === 'ADMIN' && token.revokedAt === null);
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 3; i++) await create('ADMIN');
      await Promise.allSettled(
        (await admins()).map(({ id }, i) =>
          i % 2 === 0 ? revokeToken(deps, SYSTEM, { id }) : updateToken(deps, SYSTEM, { id, role: 'VIEWER' }),
        ),
      );
      expect(await admins()).toHaveLength(1);
    }
  });
});
