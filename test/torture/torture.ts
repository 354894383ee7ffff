import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Crew } from './crew.js';
import { CuttingProxy } from './cuttingProxy.js';
import { cutConnections, killAgainAndAgain } from './faults.js';
import { Lives } from './lives.js';
import { readTruth } from './readTruth.js';
import { pause, Seeded } from './seeded.js';
import { MODELS, setUp } from './setUp.js';
import { Shared } from './shared.js';
import { loadTruth, TRUTH_FILE, type Verdict, validate } from './validate.js';

export interface TortureOptions {
  /** The built `juara`. */
  readonly bin: string;
  /** An empty folder, for the server's home and the logs of the run. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** Before events are counted: the compiler takes its time with a new process, and until then makes it half as quick. */
  readonly warmUpMs: number;
  /** How long events are counted before the first connection is broken. */
  readonly measureMs: number;
  /** The log has that many events before the first connection is broken, however long it takes. */
  readonly leastEvents: number;
  readonly onProgress?: (line: string) => void;
}

export interface TortureReport extends Verdict {
  readonly kills: number;
  /** Kills, of `kills`, that came while the server was starting. */
  readonly early: number;
  /** Times that the server ended by itself. */
  readonly crashes: number;
  /** Connections that the proxy broke. */
  readonly cuts: number;
  /** Writes that were refused. */
  readonly refused: number;
  /** While nothing was broken. */
  readonly eventsPerSecond: number;
  /** Folder of the JSON-lines logs. */
  readonly logs: string;
}

/** Kills on an empty home, before the first start that is let through. */
const KILLS_AT_BIRTH = 2;
const PROGRESS_KILLS = 50;

/** Writers, watchers, a proxy that breaks connections, a server that is killed; at the end all of it is held against the log. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const { bin, folder } = options;
  const random = new Seeded(options.seed);
  const home = join(folder, 'home');
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  const proxy = new CuttingProxy();
  const url = await proxy.listen();
  const lives = new Lives({ bin, home, proxy, complaints: join(folder, 'server.log') });
  let crew: Crew | null = null;
  try {
    while (lives.kills < Math.min(KILLS_AT_BIRTH, options.kills)) await lives.beginAndKill(random.real(0, 600));
    const address = await lives.begin();
    const token = (await readFile(join(home, 'admin.token'), 'utf8')).trim();
    const shared = new Shared(url, token);
    crew = new Crew({ shared, random: random.fork(), file: await setUp(address, token), logs });
    const eventsPerSecond = await Promise.race([measured(shared, options), failure(crew)]);
    await Promise.race([faults(lives, proxy, options, random), failure(crew)]);
    await finish(lives, crew, token, logs);
    const { kills, early, crashes } = lives;
    const { refused } = crew;
    return { kills, early, crashes, cuts: proxy.cuts, refused, eventsPerSecond, logs, ...(await validate(logs)) };
  } catch (error) {
    await crew?.abandon();
    throw error;
  } finally {
    await lives.end();
    proxy.close();
  }
}

function failure(crew: Crew): Promise<never> {
  return new Promise((_resolve, reject) => crew.working.catch(reject));
}

async function measured(shared: Shared, { warmUpMs, measureMs, leastEvents, onProgress }: TortureOptions): Promise<number> {
  await pause(warmUpMs);
  const [from, at] = [shared.known, performance.now()];
  await pause(measureMs);
  const eventsPerSecond = ((shared.known - from) * 1000) / (performance.now() - at);
  onProgress?.(`${eventsPerSecond.toFixed(0)} events/s before the first fault`);
  while (shared.known < leastEvents) await pause(50);
  return eventsPerSecond;
}

async function faults(lives: Lives, proxy: CuttingProxy, { kills, onProgress }: TortureOptions, random: Seeded): Promise<void> {
  const over = new AbortController();
  const cutting = cutConnections(proxy, random.fork(), over.signal);
  const killing = random.fork();
  try {
    while (lives.kills < kills) {
      await killAgainAndAgain(lives, Math.min(kills, lives.kills + PROGRESS_KILLS), killing);
      onProgress?.(`${lives.kills} kills`);
    }
  } finally {
    over.abort();
    await cutting;
  }
}

/** The writers end, then the readers come to the end of the log; a stop in between leaves no write under way that nobody waits for. */
async function finish(lives: Lives, crew: Crew, token: string, logs: string): Promise<void> {
  await crew.stopWriting();
  await lives.stop();
  const url = await lives.begin();
  await readTruth({ url, token }, MODELS, join(logs, TRUTH_FILE));
  await crew.drain(await loadTruth(logs, () => undefined));
}
