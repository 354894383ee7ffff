import { EventEmitter } from 'node:events';
import type { EvaluationBoard } from '../scoringPorts.js';

/** Within this process: who runs an evaluation and who watches it are woken by whoever changes it. */
export function createEvaluationBoard(): EvaluationBoard {
  const emitter = new EventEmitter<{ changed: [id: string] }>();
  // One listener a watcher: thousands of them are not a leak.
  emitter.setMaxListeners(0);
  return {
    changed: (id) => void emitter.emit('changed', id),
    onChange(listener) {
      emitter.on('changed', listener);
      return () => void emitter.off('changed', listener);
    },
  };
}
