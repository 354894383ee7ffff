import { coverageTables } from './coverageTables.js';
import { gateTables } from './gateTables.js';

/** `npm run bench -- gate [times]`: how many times as many runs as the five minutes that it takes by itself. */
const times = Number(process.argv[3] ?? 1);
if (!(times > 0)) throw new Error(`${process.argv[3]}: how many times as many runs? a number above 0`);

const start = performance.now();
for (const table of [gateTables, coverageTables]) console.log(await table(times));
console.log(`${Math.round((performance.now() - start) / 1000)} s`);
