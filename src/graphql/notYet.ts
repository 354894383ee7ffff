import { JuaraError } from '../domain/errors.js';

/** For operations that are in the contract and not yet of this release. */
export function notYet(what: string): never {
  throw new JuaraError('NOT_IMPLEMENTED', `${what} is part of the contract, but not of this release yet`);
}
