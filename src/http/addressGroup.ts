import ipaddr from 'ipaddr.js';

/**
 * What limits count as one address: an IPv4 address, or the /64 of an IPv6 address, which is the least that one subscriber holds
 * (RFC 6177). What is no address shares one count.
 */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${parsed.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`;
}
