import ipaddr from 'ipaddr.js';
import { JuaraError } from './errors.js';

const MAX_URL = 2_048;
const SETTING = 'JUARA_WEBHOOK_ALLOW_PRIVATE=1 allows it';

function refuse(why: string): never {
  throw new JuaraError('WEBHOOK_URL_REFUSED', `the webhook's URL is refused: ${why}`);
}

/**
 * Why nothing may be sent to the address: it is not one of the public internet (loopback, private, link-local, unique-local, multicast,
 * reserved, or an IPv4 address in IPv6 clothes); null where it is.
 */
export function addressRefusal(address: string): string | null {
  if (!ipaddr.isValid(address)) return `${address} is no IP address`;
  const ip = ipaddr.parse(address);
  const range = ip.range();
  // IANA has given out unicast addresses of 2000::/3 alone.
  const global = ip.kind() === 'ipv4' || (ip.toByteArray()[0] ?? 0) >> 5 === 1;
  return range === 'unicast' && global ? null : `${address} is no public address (${range}); ${SETTING}`;
}

/** The IP address that the URL names; null where it names a host. URL parsing has made `0x7f.1`, `2130706433` and the like dotted. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(host) ? host : null;
}

/** The URL in its normal form; WEBHOOK_URL_REFUSED. Host names are looked up, and their addresses held against this, at each delivery. */
export function checkWebhookUrl(text: string, allowPrivate: boolean): string {
  if (text.length > MAX_URL) refuse(`it is longer than ${MAX_URL} characters`);
  if (!URL.canParse(text)) refuse('it is not an absolute URL such as https://example.org/hook');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('its scheme is neither https nor http');
  if (url.username !== '' || url.password !== '') refuse('it holds a user name or password; the signature says who sends');
  if (url.hash !== '') refuse('it has a fragment (#...), which would not be sent');
  if (!allowPrivate) refusePrivate(url);
  return url.href;
}

function refusePrivate(url: URL): void {
  const address = literalAddress(url);
  const why = address === null ? null : addressRefusal(address);
  if (why !== null) refuse(why);
  // RFC 6761: names below localhost always mean this machine.
  if (/(^|\.)localhost\.?$/i.test(url.hostname)) refuse(`${url.hostname} is this machine; ${SETTING}`);
}
