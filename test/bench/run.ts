/** `npm run bench -- <name>`: each bench is a module that runs when it is loaded. */
const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  registry: () => import('./registry/run.js'),
  feed: () => import('./feed/fanout.js'),
  scoring: () => import('./scoring/run.js'),
  gate: () => import('./gate/run.js'),
  dashboard: () => import('./dashboard/run.js'),
};

const bench = BENCHES[process.argv[2] ?? ''];
if (bench === undefined) {
  console.error(`which bench? one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
} else await bench();
