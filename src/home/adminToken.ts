import { constants, existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SYSTEM } from '../domain/actor.js';
import type { Deps } from '../ports.js';
import { administers } from '../usecases/administers.js';
import { createToken } from '../usecases/createToken.js';
import { revokeToken } from '../usecases/revokeToken.js';
import { writeSecret } from './writeSecret.js';

const NAME = 'admin';

/**
 * Makes the first ADMIN token and leaves its secret in <home>/admin.token, for its owner alone. Does nothing once there is an ADMIN,
 * also where the file has been moved away. A marker stands beside it meanwhile, so that a first start that was killed between the
 * database and the file is made good by the next one instead of leaving a registry that nobody can administer.
 */
export async function ensureAdminToken(deps: Pick<Deps, 'store' | 'now'>, home: string): Promise<void> {
  const path = join(home, 'admin.token');
  const marker = `${path}.pending`;
  const before = (await deps.store.reads.tokens()).filter((t) => administers(t, deps.now()));
  if (before.length > 0 && !existsSync(marker)) return;
  await writeFile(marker, '', { mode: 0o600, flag: constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW });
  const { secret } = await createToken(deps, SYSTEM, { name: NAME, role: 'ADMIN' });
  await writeSecret(path, `${secret}\n`);
  for (const lost of before.filter((t) => t.name === NAME)) await revokeToken(deps, SYSTEM, lost);
  await rm(marker);
}
