/** How patient deliveries are; times in milliseconds. */
export interface DeliveryPolicy {
  /** For one attempt. */
  readonly timeoutMs: number;
  /** Waits between attempts; the last one is repeated. */
  readonly retryDelaysMs: readonly number[];
  /** A hook that has failed for so long without a success is deactivated. */
  readonly giveUpMs: number;
}

const JITTER = 0.2;

/** The wait after so many failures in a row (from 1): 20 % more or less, so that hooks of one receiver don't come back together. */
export function retryDelay({ retryDelaysMs }: DeliveryPolicy, failures: number, retryAfterMs: number | null, random: () => number): number {
  const delay = retryDelaysMs[Math.min(failures, retryDelaysMs.length) - 1] ?? 0;
  const spread = delay * (1 - JITTER + 2 * JITTER * random());
  // The receiver may ask for more patience (429, 503), but not for more than the longest wait.
  return Math.round(Math.max(spread, Math.min(retryAfterMs ?? 0, Math.max(0, ...retryDelaysMs))));
}

/** Retry-After (RFC 9110, 10.2.3): seconds, or a date. */
export function retryAfterMs(text: string | null, now: number): number | null {
  if (text === null) return null;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
