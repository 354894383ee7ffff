import { describe, expect, it } from 'vitest';
import { addressGroup } from '../../src/http/addressGroup.js';
import { MinuteCounts } from '../../src/http/minuteCounts.js';

describe('addressGroup', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:DB8:1:3::', '2001:db8:1:3::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['192.0.2.1:4711', 'unknown'],
    ['x'.repeat(10_000), 'unknown'],
    ['', 'unknown'],
  ])('%s counts as %s', (address, group) => expect(addressGroup(address)).toBe(group));
});

describe('MinuteCounts', () => {
  it('sums by address over a minute that the first number begins', () => {
    let now = 1_000;
    const counts = new MinuteCounts(() => now);
    expect(counts.of('192.0.2.1')).toEqual({ sum: 0, endsIn: 60_000 });
    expect(counts.add('192.0.2.1', 2)).toEqual({ sum: 2, endsIn: 60_000 });
    now += 59_000;
    expect(counts.add('192.0.2.1', 3)).toEqual({ sum: 5, endsIn: 1_000 });
    expect(counts.of('192.0.2.2').sum).toBe(0);
    now += 1_001;
    expect(counts.of('192.0.2.1').sum).toBe(0);
    expect(counts.add('192.0.2.1', 1)).toEqual({ sum: 1, endsIn: 60_000 });
  });

  it('remembers no more than 10,000 addresses, and forgets those first that were asked for least recently', () => {
    const counts = new MinuteCounts(() => 1_000);
    for (let i = 0; i < 12_000; i += 1) counts.add(`10.1.${i >> 8}.${i & 255}`, 1);
    const left = Array.from({ length: 12_000 }, (_, i) => counts.of(`10.1.${i >> 8}.${i & 255}`).sum);
    expect(left.reduce((sum, n) => sum + n)).toBe(10_000);
    expect(left.slice(0, 2_000)).toEqual(left.slice(0, 2_000).map(() => 0));
  });
});
