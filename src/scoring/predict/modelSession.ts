import PQueue from 'p-queue';
import { JuaraError } from '../../domain/errors.js';
import type { PredictionAnswer, PredictTensor } from '../../domain/prediction.js';
import type { ModelSource } from '../../scoringPorts.js';
import type { Feed } from '../model/feed.js';
import { storedSize } from '../storedSize.js';
import { fitTensors } from './fitTensors.js';
import { LoadReport, type ModelInput, RunReport } from './protocol.js';
import { needsMemory, ServingChild, type ServingChildOptions } from './servingChild.js';

export interface SessionOptions extends ServingChildOptions {
  readonly model: ModelSource;
  readonly threads: number;
  /** The session takes no more requests: it did not load, or its process is gone. Called before any of its requests is rejected. */
  readonly onOver: () => void;
}

interface Loaded {
  readonly child: ServingChild;
  readonly inputs: readonly ModelInput[];
}

/** One model in one process: its requests are answered in order; retired, it answers those that it has and ends. */
export class ModelSession {
  readonly #options: SessionOptions;
  /** Stands still until the model is loaded or never will be. */
  readonly #requests = new PQueue({ concurrency: 1, autoStart: false });
  #open = 0;
  #retired = false;
  #child: ServingChild | null = null;
  #loaded: Loaded | { readonly failure: unknown } | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Starts the process, loads the model, serves; resolves once the process is gone. Never rejects: those who ask are told. */
  async live(): Promise<void> {
    if (this.#loaded !== null) return;
    const child = new ServingChild(this.#options, this.#options.onOver);
    this.#child = child;
    try {
      this.#loaded = { child, inputs: await this.#load(child) };
    } catch (failure) {
      this.#loaded = { failure };
      this.#options.onOver();
      child.stop();
    }
    this.#requests.start();
    await child.ended;
  }

  async #load(child: ServingChild): Promise<readonly ModelInput[]> {
    const { model, threads, memoryMb } = this.#options;
    if ((await storedSize(model.path)) > memoryMb * 2 ** 20) throw needsMemory(memoryMb);
    const report = LoadReport.safeParse(await child.ask({ kind: 'load', model, threads }));
    if (!report.success) throw garbled();
    switch (report.data.kind) {
      case 'loaded':
        return report.data.inputs;
      case 'refused':
        throw new JuaraError('PREDICTION_FAILED', `the model does not load: ${report.data.reason}`);
      case 'memory':
        throw needsMemory(memoryMb);
      default:
        return report.data satisfies never;
    }
  }

  /** Resolves once the model is loaded. */
  async warm(): Promise<void> {
    await this.#request(async () => undefined);
  }

  run(tensors: readonly PredictTensor[]): Promise<PredictionAnswer> {
    return this.#request(({ child, inputs }) => this.#run(child, fitTensors(tensors, inputs)));
  }

  async #run(child: ServingChild, feeds: readonly Feed[]): Promise<PredictionAnswer> {
    const report = RunReport.safeParse(await child.ask({ kind: 'run', feeds }));
    if (!report.success) throw garbled();
    switch (report.data.kind) {
      case 'answered':
        return { tasks: report.data.tasks, milliseconds: report.data.milliseconds };
      case 'unfit':
        throw new JuaraError('INVALID_INPUT', report.data.reason);
      case 'refused':
        throw new JuaraError('PREDICTION_FAILED', `the model gave no answer: ${report.data.reason}`);
      case 'memory':
        throw needsMemory(this.#options.memoryMb);
      default:
        return report.data satisfies never;
    }
  }

  async #request<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    this.#open += 1;
    try {
      return await this.#requests.add(
        async () => {
          const loaded = this.#loaded;
          if (loaded === null) throw new Error('a request ran before its model was loaded');
          if ('failure' in loaded) throw loaded.failure;
          return await work(loaded);
        },
        { throwOnTimeout: true },
      );
    } finally {
      this.#open -= 1;
      this.#endIfDone();
    }
  }

  /** No more requests will come: it ends as soon as those that it has are answered. */
  retire(): void {
    this.#retired = true;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#retired && this.#open === 0) this.#child?.stop();
  }

  /** Ends it under its requests; they are rejected with `failure`. */
  abort(failure: Error): void {
    if (this.#child === null) {
      this.#loaded = { failure };
      this.#requests.start();
    } else this.#child.stop();
  }
}

function garbled(): JuaraError {
  return new JuaraError('PREDICTION_FAILED', 'the process that runs the model gave a garbled answer');
}
