export interface TaskNames {
  readonly name: string;
  readonly classes: readonly string[];
}

/** What the name of a metric says: `<task>_<measure>` or `<task>_<measure>_<class>`. */
export interface MetricParts {
  /** Null: the name begins with no task of the model. */
  readonly task: string | null;
  readonly measure: string;
  /** Null: it measures the whole task. */
  readonly class: string | null;
}

/** Measures of a whole task; a class may be called `roc`, and is not meant by these. */
const WHOLE = ['auc_roc', 'false_positive_rate', 'balanced_accuracy', 'log_loss'];

/** Where the name of one task begins another's, the longer one is meant; the same with classes. */
export function metricParts(name: string, tasks: readonly TaskNames[]): MetricParts {
  const task = longest(tasks, (one) => (name.startsWith(`${one.name}_`) ? one.name.length : 0));
  if (task === null) return { task: null, measure: name, class: null };
  const rest = name.slice(task.name.length + 1);
  if (WHOLE.includes(rest)) return { task: task.name, measure: rest, class: null };
  const found = longest(task.classes, (one) => (rest.endsWith(`_${one}`) && rest.length > one.length + 1 ? one.length : 0));
  if (found === null) return { task: task.name, measure: rest, class: null };
  return { task: task.name, measure: rest.slice(0, -found.length - 1), class: found };
}

function longest<T>(of: readonly T[], length: (one: T) => number): T | null {
  const fitting = of.filter((one) => length(one) > 0).toSorted((a, b) => length(b) - length(a));
  return fitting[0] ?? null;
}
