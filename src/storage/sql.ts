/** A piece of SQL: fixed text and the values between it. Values never become text; both databases get them as parameters. */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly unknown[],
  ) {}

  /** Parameters are `$1, $2, ...` on PostgreSQL. SQLite takes these too, but looks each name up among all: `?` is far quicker there. */
  render(dialect: 'sqlite' | 'postgres'): { text: string; values: unknown[] } {
    const parameter = dialect === 'postgres' ? (i: number): string => `$${i}` : (): string => '?';
    const text = this.texts.reduce((all, part, i) => (i === 0 ? part : all + parameter(i) + part), '');
    return { text, values: [...this.values] };
  }
}

/** SQL from a template; an `Sql` between the braces becomes part of it, anything else a parameter. */
export function sql(strings: TemplateStringsArray, ...args: readonly unknown[]): Sql {
  const texts: string[] = [strings[0] ?? ''];
  const values: unknown[] = [];
  const append = (text: string): void => {
    texts.push(`${texts.pop() ?? ''}${text}`);
  };
  args.forEach((arg, i) => {
    if (arg instanceof Sql) {
      append(arg.texts[0] ?? '');
      texts.push(...arg.texts.slice(1));
      values.push(...arg.values);
    } else {
      values.push(arg);
      texts.push('');
    }
    append(strings[i + 1] ?? '');
  });
  return new Sql(texts, values);
}

export function join(parts: readonly Sql[], separator: ', ' | ' AND ' | ' UNION ALL '): Sql {
  const between = new Sql([separator], []);
  return parts.reduce((all, part, i) => (i === 0 ? part : sql`${all}${between}${part}`), sql``);
}

/** `column IN (...)`; always true without values to compare with, never true for an empty list. */
export function among(column: Sql, values: readonly unknown[] | null | undefined): Sql {
  if (values == null) return sql`1 = 1`;
  if (values.length === 0) return sql`1 = 0`;
  return sql`${column} IN (${join(
    values.map((value) => sql`${value}`),
    ', ',
  )})`;
}

/** Lists longer than this are cut up: a statement takes 32,766 parameters on SQLite. */
const CHUNK = 500;

export function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, i) => items.slice(i * CHUNK, (i + 1) * CHUNK));
}
