/** What the parts of the page need to know of the model. */
export interface ModelContext {
  readonly model: string;
  /** The champion's version; null: there is none. */
  readonly champion: string | null;
  /** Metrics that the policy weighs. */
  readonly weighed: readonly string[];
  /** The policy's benchmark; null: it names none. */
  readonly benchmark: string | null;
}
