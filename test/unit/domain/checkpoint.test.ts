import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointHolds, signCheckpoint } from '../../../src/domain/checkpoint.js';
import { eventHash, genesisHash } from '../../../src/domain/event.js';

const { privateKey } = generateKeyPairSync('ed25519');
const checkpoint = signCheckpoint(privateKey, { seq: 3, hash: 'ab'.repeat(32) }, 1_770_000_000_000);

describe('checkpoints', () => {
  it('hold as signed', () => expect(checkpointHolds(checkpoint)).toBe(true));

  it.each([
    ['another seq', { seq: 2 }],
    ['another hash', { hash: 'ac'.repeat(32) }],
    ['another time', { at: 1_770_000_000_001 }],
    ['another key', { publicKey: signCheckpoint(generateKeyPairSync('ed25519').privateKey, { seq: 3, hash: '' }, 0).publicKey }],
    ['a key that is none', { publicKey: 'AAAA' }],
    ['a signature that is none', { signature: '' }],
  ])('do not hold with %s', (_what, change) => expect(checkpointHolds({ ...checkpoint, ...change })).toBe(false));
});

describe('the hash chain', () => {
  const event = { seq: 1, type: 'PROMOTED', at: 5, actor: 'a', model: 'm', data: { x: 1, y: [2] } } as const;

  it('depends on every part of the event and on what came before', () => {
    const base = eventHash(genesisHash('r'), { ...event, data: { x: 1, y: [2] } });
    const changed = [{ seq: 2 }, { type: 'ROLLED_BACK' as const }, { at: 6 }, { actor: 'b' }, { model: null }, { data: { x: 1, y: [3] } }];
    const others = changed.map((c) => eventHash(genesisHash('r'), { ...event, data: { x: 1, y: [2] }, ...c }));
    expect(new Set([base, ...others, eventHash(genesisHash('s'), { ...event, data: { x: 1, y: [2] } })]).size).toBe(changed.length + 2);
  });

  it('does not depend on the order of keys', () => {
    expect(eventHash('', { ...event, data: { x: 1, y: [2] } })).toBe(eventHash('', { ...event, data: { y: [2], x: 1 } }));
  });
});
