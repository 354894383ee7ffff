/** Entry of the process that reads one benchmark: its parent sends a ScanJob, it sends one ScanReport. */
import { JuaraError } from '../../domain/errors.js';
import { saysNoMemory } from '../noMemory.js';
import { scanBenchmark } from './scanBenchmark.js';
import { ScanJob, type ScanReport } from './scanMessages.js';

const MAX_REASON = 1000;

async function report(job: unknown): Promise<ScanReport> {
  try {
    return { kind: 'scanned', ...(await scanBenchmark(ScanJob.parse(job))) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (saysNoMemory(message)) return { kind: 'memory' };
    if (error instanceof JuaraError) return { kind: 'refused', reason: message.slice(0, MAX_REASON) };
    throw error;
  }
}

process.once('message', async (job) => process.send?.(await report(job)));
