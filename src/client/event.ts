interface EventBase {
  /** Give it back as `after` to go on behind this event. */
  readonly cursor: string;
  /** 1, 2, 3, ... over the whole registry, in commit order. */
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly model: string | null;
  /** Chains the event to the one before it. */
  readonly hash: string;
}

/** The champion changed. */
export interface PromotionEvent extends EventBase {
  readonly __typename: 'PromotionEvent';
  readonly type: 'PROMOTED' | 'ROLLED_BACK';
  readonly from: { readonly version: string; readonly modelId: string } | null;
  readonly to: { readonly version: string; readonly modelId: string };
  readonly reason: string;
  readonly decision: { readonly id: string; readonly outcome: string; readonly summary: string } | null;
  readonly revision: number;
}

/** Every other event; newer servers may send types that this client does not know yet. */
export interface GenericEvent extends EventBase {
  readonly __typename: 'GenericEvent';
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type RegistryEvent = PromotionEvent | GenericEvent;

export interface EventFilter {
  readonly model?: string;
  readonly types?: readonly string[];
}

const BASE_FIELDS = '__typename cursor seq type at actor model hash';
const PROMOTION_PARTS = 'from { version modelId } to { version modelId } reason decision { id outcome summary } revision';
export const PROMOTION_EVENT_FIELDS = `${BASE_FIELDS} ${PROMOTION_PARTS}`;
export const EVENT_FIELDS = `${BASE_FIELDS} ... on PromotionEvent { ${PROMOTION_PARTS} } ... on GenericEvent { data }`;
