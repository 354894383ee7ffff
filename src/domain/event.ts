import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from './json.js';
import type { Millis } from './records.js';

export const EVENT_TYPES = [
  'MODEL_CREATED',
  'MODEL_UPDATED',
  'VERSION_REGISTERED',
  'VERSION_NOMINATED',
  'VERSION_REJECTED',
  'VERSION_TAGGED',
  'VERSION_SIGNED',
  'PROMOTED',
  'ROLLED_BACK',
  'PROMOTION_REFUSED',
  'PROMOTION_REQUESTED',
  'PROMOTION_DECLINED',
  'EVALUATION_SUCCEEDED',
  'EVALUATION_FAILED',
  'POLICY_CHANGED',
  'BENCHMARK_REGISTERED',
  'TRAINING_EVENTS_ADDED',
  'TRAINING_EVENTS_VALIDATED',
  'TRAINING_EVENT_DISCARDED',
  'TRAINING_READY',
  'REGISTRY_IMPORTED',
  'TOKEN_CREATED',
  'TOKEN_REVOKED',
  'TOKEN_CHANGED',
  'WEBHOOK_CREATED',
  'WEBHOOK_UPDATED',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What a use case says happened; storage adds seq and hashes inside the same transaction. */
export interface NewEvent {
  readonly type: EventType;
  readonly at: Millis;
  readonly actor: string;
  readonly model: string | null;
  readonly data: JsonObject;
}

export interface StoredEvent extends NewEvent {
  readonly seq: number;
  readonly hash: string;
}

/** `data` of PROMOTED and ROLLED_BACK. */
export interface PromotionData extends JsonObject {
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly decision: string | null;
  readonly revision: number;
}

export function isPromotion(event: { readonly type: EventType }): boolean {
  return event.type === 'PROMOTED' || event.type === 'ROLLED_BACK';
}

/** What stands in the place of "the previous event's hash" for event 1: it binds the chain to its registry. */
export function genesisHash(registryId: string): string {
  return createHash('sha256').update(`juara:${registryId}`).digest('hex');
}

/** SHA-256 over the previous hash (64 hexadecimal digits) and the event's canonical JSON (RFC 8785), hexadecimal. */
export function eventHash(previous: string, event: NewEvent & { readonly seq: number }): string {
  const { seq, type, at, actor, model, data } = event;
  return createHash('sha256').update(previous).update(canonicalJson({ seq, type, at, actor, model, data })).digest('hex');
}
