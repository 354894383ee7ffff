const SHOWN = 10;

/** Names for a note, as they are; of many, the first ones and how many more there are. A name has 200 characters at most. */
export function someOf(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.slice(0, SHOWN).join(', ') + more;
}
