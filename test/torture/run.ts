import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FAULT_KINDS } from './fault.js';
import { type TortureReport, torture } from './torture.js';

/** `npm run torture -- --kills 1000`; compiled to dist/test/torture/run.js. Exit code 1: something went wrong; 2: the run proves nothing. */
const BIN = fileURLToPath(new URL('../../bundle/bin.js', import.meta.url));
/** Fewer events than this before the first fault, and the faults did not meet enough of them. */
const LEAST_EVENTS_PER_SECOND = 100;
const SHOWN_FAULTS = 20;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} is ${JSON.stringify(text)}: give a whole number`);
  process.exit(2);
}

function options() {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      'events-per-second': { type: 'string', default: String(LEAST_EVENTS_PER_SECOND) },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    kills: wholeNumber('kills', values.kills),
    seed: wholeNumber('seed', values.seed),
    least: wholeNumber('events-per-second', values['events-per-second']),
    keep: values.keep,
  };
}

function print(report: TortureReport): void {
  const { faults, events, delivered, connections, acknowledged, refused, kills, early, crashes, cuts, eventsPerSecond } = report;
  const of = (kind: string): number => faults.filter((fault) => fault.kind === kind).length;
  const counts = { kills, 'of them while starting': early, 'connections cut': cuts, events, 'events/s before faults': eventsPerSecond };
  const work = {
    'writes acknowledged': acknowledged,
    'writes refused': refused,
    subscriptions: connections,
    'events delivered': delivered,
  };
  for (const [name, count] of Object.entries({ ...counts, ...work })) console.log(`${name.padEnd(24)}${count.toFixed(0).padStart(10)}`);
  for (const [kind, meaning] of Object.entries(FAULT_KINDS)) console.log(`${kind.padEnd(24)}${String(of(kind)).padStart(10)}   ${meaning}`);
  console.log(`${'crashed'.padEnd(24)}${String(crashes).padStart(10)}   the server ended by itself`);
  for (const { message } of faults.slice(0, SHOWN_FAULTS)) console.log(message);
}

async function main(): Promise<number> {
  const { kills, seed, least, keep } = options();
  const folder = await mkdtemp(join(tmpdir(), 'juara-torture-'));
  console.log(`seed ${seed}, ${kills} kills, in ${folder}`);
  const began = Date.now();
  const stamp = (line: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  const report = await torture({ bin: BIN, folder, kills, seed, warmUpMs: 15_000, measureMs: 10_000, leastEvents: 0, onProgress: stamp });
  stamp('validated');
  print(report);
  const sound = report.faults.length === 0 && report.crashes === 0;
  if (sound && !keep) await rm(folder, { recursive: true });
  else console.log(`logs, home and server.log are kept in ${folder}`);
  if (!sound) return 1;
  if (report.eventsPerSecond >= least) return 0;
  console.log(`INVALID: fewer than ${least} events/s before the first fault`);
  return 2;
}

process.exitCode = await main();
