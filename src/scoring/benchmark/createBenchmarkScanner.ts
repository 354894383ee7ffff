import { resolve } from 'node:path';
import type { BenchmarkScanner, BenchmarkSource } from '../../scoringPorts.js';
import { type ChildPoolOptions, createChildPool } from '../childPool.js';
import { type FileFaultWords, goodReport } from '../fileFault.js';
import { storedSize } from '../storedSize.js';
import type { BenchmarkScan } from './scanBenchmark.js';
import { ScanReport } from './scanMessages.js';

/** `childPath` is the built scanChild.js; it needs some 120 MiB, whatever the file's size. */
export type BenchmarkScannerOptions = Omit<ChildPoolOptions, 'name'>;

const WORDS: FileFaultWords = {
  code: 'BENCHMARK_INVALID',
  verb: 'read',
  gerund: 'reading',
  crashed: 'the process that read the file crashed',
};

/**
 * Reads each benchmark in a process of its own, which dies with it. `scan` throws BENCHMARK_INVALID with a reason for people, and
 * ARTIFACT_MISSING where there is no file. `close` kills what runs and refuses what waits.
 */
export function createBenchmarkScanner(options: BenchmarkScannerOptions): BenchmarkScanner & {
  scan(source: BenchmarkSource): Promise<BenchmarkScan>;
  close(): Promise<void>;
} {
  const pool = createChildPool({ ...options, name: 'scanner' });
  return {
    async scan({ path, format, csv, tasks }) {
      await storedSize(path);
      const answer = await pool.run({ message: { path: resolve(path), format, csv, tasks } });
      const { samples, inputs, labelCounts } = goodReport(answer, ScanReport, WORDS, options.memoryMb);
      return { samples, inputs, labelCounts };
    },
    close: () => pool.close(),
  };
}
