import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { JuaraError } from '../../domain/errors.js';
import type { ModelSource, Predictor } from '../../scoringPorts.js';
import { ModelSession } from './modelSession.js';

export interface PredictorOptions {
  /** The built predictChild.js. */
  readonly childPath: string;
  /** Most memory that one model's process may take, in MiB: about 100 for the process and twice the file's size. */
  readonly memoryMb: number;
  /** Wall-clock time for loading a model, and for each answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Most processes at any time, those that end included. */
  readonly sessions: number;
  /** Threads that one model computes with. */
  readonly threads: number;
}

/**
 * Keeps the `sessions` models that were asked last loaded. A model beyond them takes the place of the one that was asked least recently:
 * that one takes no new request, answers those it has, and ends; only then does the new one start. None waits for ever: each place in the
 * queue belongs to a session, and of those before it one is on its way out.
 */
export function createPredictor({ sessions, ...options }: PredictorOptions): Predictor & { close(): Promise<void> } {
  const places = new PQueue({ concurrency: sessions });
  const alive = new Set<ModelSession>();
  const warm = new LRUCache<string, ModelSession>({ max: sessions, dispose: (session) => session.retire() });
  const cwd = mkdtempSync(join(tmpdir(), 'juara-predict-'));
  let closed = false;

  function sessionOf(key: string, model: ModelSource): ModelSession {
    if (closed) throw stopping();
    const found = warm.get(key);
    if (found !== undefined) return found;
    const onOver = (): void => {
      if (warm.peek(key) === session) warm.delete(key);
    };
    const session = new ModelSession({ ...options, cwd, model, onOver });
    warm.set(key, session);
    alive.add(session);
    void places.add(() => session.live()).finally(() => alive.delete(session));
    return session;
  }

  return {
    predict: async ({ key, model, tensors }) => await sessionOf(key, model).run(tensors),
    warm: async (key, model) => await sessionOf(key, model).warm(),
    isWarm: (key) => warm.has(key),
    async close() {
      closed = true;
      for (const session of alive) session.abort(stopping());
      await places.onIdle();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}

function stopping(): JuaraError {
  return new JuaraError('PREDICTION_FAILED', 'the server is stopping');
}
