import { SYSTEM } from '../domain/actor.js';
import type { Webhook } from '../domain/webhook.js';
import type { Store, Tx } from '../ports.js';
import { type DeliveryPolicy, retryAfterMs, retryDelay } from './deliveryPolicy.js';
import type { Answer } from './postMessage.js';

/** An attempt that has been made, and by whom. */
export interface Attempt {
  readonly hook: Webhook;
  /** The hook's place before it, the event's seq after it. */
  readonly from: number;
  readonly seq: number;
  readonly answer: Answer;
  /** Failures in a row of this event, this one included if it is one. */
  readonly failures: number;
  readonly owner: string;
  readonly at: number;
}

/** What to do next: go on behind the event, try it again, or look at the hook anew because somebody has changed it. */
export type Verdict = { readonly next: 'advance' | 'reload' } | { readonly next: 'retry'; readonly delayMs: number };

type Recorder = { readonly store: Pick<Store, 'inTransaction'>; readonly policy: DeliveryPolicy; readonly random: () => number };

const GONE = 410;

/** Writes down the attempt, and moves the hook's place in the same transaction where it succeeded. */
export function recordAttempt({ store, policy, random }: Recorder, attempt: Attempt): Promise<Verdict> {
  const { hook, seq, answer, at } = attempt;
  const base = { webhook: hook.id, seq, responseStatus: answer.status, at };
  const error = problem(answer);
  return store.inTransaction(async (tx) => {
    if (error === null) {
      const advanced = await tx.advanceWebhook(hook.id, attempt.owner, attempt.from, seq);
      await tx.recordWebhookAttempt({ ...base, status: 'DELIVERED', error, nextAttemptAt: null });
      return { next: advanced ? 'advance' : 'reload' };
    }
    const now = await tx.lockWebhook(hook.id);
    const changed = now === null || !now.active || now.url !== hook.url || now.seq !== attempt.from;
    const failingSince = now?.failingSince ?? at;
    const over = changed ? null : verdictOver(answer, failingSince, at, policy);
    const delayMs = retryDelay(policy, attempt.failures, patience(answer, at), random);
    const status = over === null ? 'PENDING' : 'FAILED';
    await tx.recordWebhookAttempt({ ...base, status, error, nextAttemptAt: changed || over !== null ? null : at + delayMs });
    if (changed) return { next: 'reload' };
    if (over !== null) return deactivate(tx, now, failingSince, over, at);
    if (now.failingSince === null) await tx.updateWebhook(hook.id, { failingSince });
    return { next: 'retry', delayMs };
  });
}

/** Null where the receiver has taken the event: any 2xx (Standard Webhooks, "Responding to a webhook"). */
function problem(answer: Answer): string | null {
  if (answer.status === null) return answer.error;
  if (answer.status >= 200 && answer.status < 300) return null;
  const redirect = answer.status >= 300 && answer.status < 400 ? '; redirects are not followed: give the webhook the new URL' : '';
  return `the receiver answered ${answer.status}${redirect}`;
}

function patience(answer: Answer, now: number): number | null {
  return answer.status === null ? null : retryAfterMs(answer.retryAfter, now);
}

/** Why the hook is to be deactivated; null where it is to be tried again. It goes into the log, so it names no address. */
function verdictOver(answer: Answer, since: number, at: number, { giveUpMs }: DeliveryPolicy): string | null {
  if (answer.status === GONE) return 'the receiver answered 410 Gone: it wants no more events';
  if (at - since < giveUpMs) return null;
  return `no delivery has succeeded since ${new Date(since).toISOString()}: its deliveries say why`;
}

async function deactivate(tx: Tx, hook: Webhook, failingSince: number, disabledReason: string, at: number): Promise<Verdict> {
  await tx.updateWebhook(hook.id, { active: false, disabledReason, failingSince });
  const data = { id: hook.id, name: hook.name, origin: new URL(hook.url).origin, active: false, changed: ['active'], disabledReason };
  await tx.append({ type: 'WEBHOOK_UPDATED', at, actor: SYSTEM.name, model: null, data });
  return { next: 'reload' };
}
