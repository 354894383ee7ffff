import { Access1760000000007 } from './Access1760000000007.js';
import { Decisions1760000000004 } from './Decisions1760000000004.js';
import { Evidence1760000000009 } from './Evidence1760000000009.js';
import { Log1760000000006 } from './Log1760000000006.js';
import { Models1760000000001 } from './Models1760000000001.js';
import { Signatures1760000000011 } from './Signatures1760000000011.js';
import { Training1760000000005 } from './Training1760000000005.js';
import { VersionIndexes1760000000003 } from './VersionIndexes1760000000003.js';
import { Versions1760000000002 } from './Versions1760000000002.js';
import { Webhooks1760000000008 } from './Webhooks1760000000008.js';

/** In the order in which they are applied. A name that is not here means: the database is of a newer release. */
export const ALL_MIGRATIONS = [
  Models1760000000001,
  Versions1760000000002,
  VersionIndexes1760000000003,
  Decisions1760000000004,
  Training1760000000005,
  Log1760000000006,
  Access1760000000007,
  Webhooks1760000000008,
  Evidence1760000000009,
  Signatures1760000000011,
] as const;
