export type TrainingEventStatus = 'PENDING' | 'VALIDATED' | 'RESERVED' | 'CONSUMED' | 'DISCARDED';

export interface TrainingEvent {
  readonly id: string;
  /** e.g. GTO_20260210; unique in its model. */
  readonly eventId: string;
  readonly status: TrainingEventStatus;
  readonly date: string;
  readonly station: string | null;
  readonly labels: readonly { readonly task: string; readonly value: number | null; readonly class: string }[];
  readonly addedAt: string;
  readonly validatedAt: string | null;
  readonly usedBy: { readonly version: string } | null;
}

/** A value is binned to its class by the task; a class may be given instead. */
export interface TrainingLabelInput {
  readonly task: string;
  readonly value?: number;
  readonly class?: string;
}

export interface TrainingEventInput {
  readonly eventId?: string;
  readonly date: string;
  readonly station: string;
  readonly labels: readonly TrainingLabelInput[];
}

export interface TrainingReadiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  readonly validated: number;
  readonly required: number;
  readonly pending: number;
  readonly daysSinceLastTraining: number | null;
  readonly maxDays: number;
}

export const TRAINING_EVENT_FIELDS = 'id eventId status date station labels { task value class } addedAt validatedAt usedBy { version }';
export const TRAINING_READINESS_FIELDS = 'ready reasons validated required pending daysSinceLastTraining maxDays';
