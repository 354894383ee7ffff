import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { addressRefusal } from '../domain/webhookAddress.js';

/**
 * The look-up of the connection itself, reduced to public addresses: what was checked is what is connected to, so that a name which
 * answers differently the second time (DNS rebinding) gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return callback(error, '');
    const allowed = found.filter(({ address }) => addressRefusal(address) === null);
    const [first] = allowed;
    if (first === undefined) return callback(refusal(hostname, found), '');
    if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

function refusal(hostname: string, found: readonly LookupAddress[]): Error {
  const why = found.map(({ address }) => addressRefusal(address)).find((text) => text !== null);
  return new Error(`WEBHOOK_URL_REFUSED: ${hostname}: ${why ?? 'it has no address'}`);
}
