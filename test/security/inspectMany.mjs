// The inspector's work (src/scoring/inspectBytes.ts, as built) on one file after the other, in one process: a start for each would take hours.
import { inspectBytes } from '../../dist/src/scoring/inspectBytes.js';

process.on('message', async (bytes) => process.send(await inspectBytes(bytes)));
