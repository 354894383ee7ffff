/** What a metric's name says of it: `<task>_<measure>` or `<task>_<measure>_<class>`. */
export interface MeasureName {
  readonly measure: string;
  /** Null where it is of the whole task. */
  readonly class: string | null;
}

export function measureName(name: string, { task, classes }: { readonly task: string; readonly classes: readonly string[] }): MeasureName {
  const measure = name.slice(task.length + 1);
  const [, ofClass, label] = /^(precision|recall|f1|auc_roc)_(.+)$/su.exec(measure) ?? [];
  return ofClass !== undefined && label !== undefined && classes.includes(label)
    ? { measure: ofClass, class: label }
    : { measure, class: null };
}
