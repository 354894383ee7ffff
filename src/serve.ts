import type { Config } from './config.js';
import type { RunningServer } from './main.js';

/** Resolves at the first SIGTERM or SIGINT. A second one ends the process at once, for whoever cannot wait for the drain. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

/**
 * Runs the server until it is told to stop, and resolves when it has. Standard output carries one line, when it is ready: programs
 * that start it wait for that. `onReady` runs after it.
 */
export async function serve(config: Config, onReady?: (server: RunningServer) => Promise<void>): Promise<void> {
  const { startServer } = await import('./main.js');
  const stopped = firstSignal();
  const server = await startServer(config);
  try {
    process.stdout.write(`juara listening on ${server.url}\n`);
    await onReady?.(server);
    await stopped;
  } finally {
    await server.stop();
  }
}
