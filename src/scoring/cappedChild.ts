import { type ChildProcess, type Serializable, type SerializationType, type SpawnOptions, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { watchResidentMemory } from './residentMemory.js';

export interface CappedChildOptions {
  /** Absolute path of a JavaScript module; it talks to its parent by process.send and process.on('message'). */
  readonly script: string;
  readonly args?: readonly string[];
  /** An empty folder is the best choice: native code that resolves a relative path then finds nothing. */
  readonly cwd: string;
  /** Most memory the child may hold, in MiB; node and onnxruntime alone take about 90. */
  readonly memoryMb: number;
  /** Wall-clock time from its start to its end, in milliseconds. Null: it lives until it is stopped, and `limitTime` bounds what it does. */
  readonly timeoutMs: number | null;
  /** How far it stands back behind other processes, 0 to 19 (POSIX nice); 0 where it is left out. */
  readonly niceness?: number;
  /** How messages travel: as JSON, which is what they are where this is left out, or by structured clone, which keeps typed arrays bytes. */
  readonly serialization?: SerializationType;
  readonly onMessage: (message: unknown) => void;
}

/** How a child came to its end; the first cause counts. */
export type ChildEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'crashed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'memory'; readonly memoryMb: number }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'notStarted'; readonly error: Error };

export interface CappedChild {
  readonly pid: number | undefined;
  /** Resolves once the process is gone and every message of it has been handed over; never rejects. */
  readonly ended: Promise<ChildEnd>;
  send(message: Serializable): void;
  /**
   * Kills it unless the function that is returned has been called within `timeoutMs` milliseconds. Until then its resident memory is
   * watched, which costs its parent 0.7 % of a core: an idle child is left alone.
   */
  limitTime(timeoutMs: number): () => void;
  /** SIGKILL: native code does not listen to anything milder. */
  stop(): void;
  /** The last few kilobytes that it wrote to standard error. */
  lastWords(): string;
}

/**
 * Everything a child finds in its environment: no secret of the parent's, no PATH, no NODE_OPTIONS. Since 1.30 onnxruntime writes
 * log files to the temporary directory, a device id to ~/.cache, and sends telemetry, unless it is told not to.
 */
const ENVIRONMENT = { ORT_DISABLE_TELEMETRY: '1', UV_THREADPOOL_SIZE: '1', MALLOC_ARENA_MAX: '2' };

/**
 * Why -d (RLIMIT_DATA) and not -v (RLIMIT_AS): node reserves 850 MB of addresses that it never touches, 128 MB of it at random, so a
 * cap on addresses lies far from the memory in use. RLIMIT_DATA counts private writable pages only (Linux 4.7 on), which for node
 * with onnxruntime is 76 to 86 MB, next to 83 to 89 MB resident: a fair measure of memory, and one that refuses an allocation
 * before it is touched. Pages that it does not count (shared and file mappings) fall to the watchdog on resident memory.
 * -t (CPU seconds) ends a looping child whose parent was killed and can't keep the time any more; one without a time limit has to see
 * to that itself (endWithParent.ts). -c: no core dump of someone's model.
 * A limit that the system sets lower already stays as it is.
 */
const LIMITS = 'cap() { (ulimit "$1" "$2") 2>/dev/null && ulimit "$1" "$2"; }; cap -c 0; cap -t "$1"; cap -d "$2"; shift 2; exec "$@"';

/** Memory is capped on Linux; elsewhere (no RLIMIT_DATA, no /proc) only the wall clock holds. */
export function startCappedChild(options: CappedChildOptions): CappedChild {
  const { memoryMb } = options;
  const child = spawnCapped(options);
  // At once: the threads that it will start inherit it.
  if (options.niceness !== undefined && child.pid !== undefined) setPriority(child.pid, options.niceness);
  let cause: ChildEnd | null = null;
  let stderr = '';
  const end = (why: ChildEnd): void => {
    cause ??= why;
    child.kill('SIGKILL');
  };
  child.stderr?.on('data', (text: Buffer) => {
    stderr = (stderr + text.toString('utf8')).slice(-8192);
  });
  child.on('message', options.onMessage);
  const limits = new Set<() => void>();
  const limitTime = (timeoutMs: number): (() => void) => {
    const clock = setTimeout(() => end({ kind: 'timeout', timeoutMs }), timeoutMs);
    const unwatch = watchResidentMemory(child.pid, memoryMb, () => end({ kind: 'memory', memoryMb }));
    const lift = (): void => {
      clearTimeout(clock);
      unwatch();
      limits.delete(lift);
    };
    limits.add(lift);
    return lift;
  };
  if (options.timeoutMs !== null) limitTime(options.timeoutMs);
  const ended = new Promise<ChildEnd>((resolve) => {
    const finish = (how: ChildEnd): void => {
      for (const lift of limits) lift();
      resolve(cause ?? how);
    };
    // An 'error' without a pid is a failed spawn; one with a pid is a failed send or kill, and 'close' follows in its time.
    child.on('error', (error) => {
      if (child.pid === undefined) finish({ kind: 'notStarted', error });
    });
    child.once('close', (code, signal) => finish(describeEnd(code, signal, stderr, options)));
  });
  return {
    pid: child.pid,
    ended,
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    limitTime,
    stop: () => end({ kind: 'stopped' }),
    lastWords: () => stderr,
  };
}

function spawnCapped({ script, args = [], cwd, memoryMb, timeoutMs, serialization = 'json' }: CappedChildOptions): ChildProcess {
  const command = [process.execPath, '--v8-pool-size=1', script, ...args];
  const options: SpawnOptions = { cwd, env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization };
  if (process.platform === 'win32') return spawn(process.execPath, command.slice(1), options);
  const cpuSeconds = timeoutMs === null ? 'unlimited' : String(10 + Math.ceil(timeoutMs / 500));
  return spawn('/bin/sh', ['-c', LIMITS, 'sh', cpuSeconds, String(memoryMb * 1024), ...command], options);
}

/** A refused allocation ends a process in several ways: V8 and C++ abort, and say so on standard error. */
const NO_MEMORY = /bad_alloc|out of memory|allocation failed|cannot allocate memory/i;

function describeEnd(code: number | null, signal: NodeJS.Signals | null, stderr: string, options: CappedChildOptions): ChildEnd {
  if ((signal !== null || code !== 0) && NO_MEMORY.test(stderr)) return { kind: 'memory', memoryMb: options.memoryMb };
  if (signal === 'SIGXCPU' && options.timeoutMs !== null) return { kind: 'timeout', timeoutMs: options.timeoutMs };
  return signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'crashed', signal };
}
