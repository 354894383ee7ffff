/** What class_mappings.json holds: task -> output position -> class. */
export type ClassMappings = Record<string, Record<string, string>>;

export function classMappings(tasks: readonly { readonly name: string; readonly classes: readonly string[] }[]): ClassMappings {
  return Object.fromEntries(tasks.map(({ name, classes }) => [name, Object.fromEntries(classes.map((c, i) => [String(i), c]))]));
}
