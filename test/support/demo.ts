import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BIN } from './server.js';
import { temporaryFolder } from './temporaryFolder.js';

export interface Demo {
  readonly url: string;
  readonly token: string;
  readonly home: string;
  stop(): Promise<void>;
}

/** `juara demo` as a process of its own, filled. */
export async function startDemo(): Promise<Demo> {
  const home = await temporaryFolder();
  const child = spawn(process.execPath, [BIN, 'demo', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [, url, token] = await told(child, /(http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)[\s\S]*Ctrl\+C/);
  return {
    url: url ?? '',
    token: token ?? '',
    home,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** What it printed, once that matches. */
function told(child: ChildProcess, expected: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      const found = expected.exec(text);
      if (found !== null) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${text}`)));
  });
}
