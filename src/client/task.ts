/** min <= value < max; null is unbounded. */
export interface Bin {
  readonly class: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** One thing that a model predicts. */
export interface Task {
  readonly name: string;
  readonly classes: readonly string[];
  readonly negativeClass: string | null;
  readonly criticalClasses: readonly string[];
  readonly bins: readonly Bin[];
}

export interface TaskInput {
  readonly name: string;
  readonly classes: readonly string[];
  readonly negativeClass?: string | null;
  readonly criticalClasses?: readonly string[];
  readonly bins?: readonly { readonly class: string; readonly min?: number | null; readonly max?: number | null }[];
}

export const TASK_FIELDS = 'name classes negativeClass criticalClasses bins { class min max }';
