#!/usr/bin/env node
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCommands } from './cli/localCommands.js';
import type { Environment } from './config/readSetting.js';
import type { Config } from './config.js';

/** What a command was told on its line goes before the environment. */
async function configWith(options: { home?: string; host?: string; port?: number }): Promise<Config> {
  const { loadConfig } = await import('./config.js');
  const env: Record<string, string | undefined> = { ...process.env };
  if (options.home !== undefined) env.JUARA_HOME = options.home;
  if (options.host !== undefined) env.JUARA_HOST = options.host;
  if (options.port !== undefined) env.JUARA_PORT = String(options.port);
  return loadConfig(env);
}

async function printSettings(env: Environment): Promise<void> {
  const { describeSettings } = await import('./config/describeSettings.js');
  const { table } = await import('./cli/table.js');
  const rows = describeSettings(env).map((s) => [s.name, s.value, s.from, s.default, s.description]);
  process.stdout.write(`${await table(['SETTING', 'VALUE', 'FROM', 'DEFAULT', 'MEANING'], rows)}\n`);
}

/** Each command loads what it needs when it is called: `juara list` does not pay for the server. */
const local: LocalCommands = {
  async serve(options) {
    const { serve } = await import('./serve.js');
    await serve(await configWith(options));
    return 0;
  },
  async demo(options) {
    const { serve } = await import('./serve.js');
    const { runDemo } = await import('./demo/runDemo.js');
    const home = options.home ?? (await mkdtemp(join(tmpdir(), 'juara-demo-')));
    const config = await configWith({ ...options, home });
    await serve(config, ({ url }) => runDemo({ url, home: config.home }, (line) => void process.stdout.write(`${line}\n`)));
    return 0;
  },
  async config() {
    await printSettings(process.env);
    return 0;
  },
  async verify(options) {
    const { verifyHome } = await import('./verifyHome.js');
    return verifyHome(await configWith(options), options);
  },
  async rebuild(options) {
    const { rebuildHome } = await import('./rebuildHome.js');
    return rebuildHome(await configWith(options), options);
  },
};

/** `juara serve`, as `npm start` runs it, without the command line: its modules would delay every start. */
async function serveAlone(): Promise<number> {
  try {
    return await local.serve({});
  } catch (error) {
    const { reportError } = await import('./cli/reportError.js');
    return reportError(io, error);
  }
}

const { stdout, stderr, stdin, env } = process;
const io = { stdout, stderr, stdin, env, isTTY: stdin.isTTY && stdout.isTTY };
const args = process.argv.slice(2);
if (args.length === 1 && args[0] === 'serve') process.exitCode = await serveAlone();
else process.exitCode = await (await import('./cli/runCli.js')).runCli(args, io, local);
