import { z } from 'zod';
import { ROLES, type Role } from '../domain/actor.js';
import { safeUrl } from './safeUrl.js';

/** One JUARA_* variable: what `juara config` shows, what docs/configuration.md says, and how its text becomes a value. */
export interface Setting<T> {
  readonly name: `JUARA_${string}`;
  /** Text of the default, as one would write it; null where there is none. */
  readonly default: string | null;
  /** Completes the sentence "it must be ...". */
  readonly kind: string;
  readonly description: string;
  /** Its value is never printed. */
  readonly secret: boolean;
  readonly schema: z.ZodType<T, string>;
}

type Particulars<T> = Pick<Setting<T>, 'name' | 'default' | 'description'> & { readonly secret?: boolean };

function setting<T>(kind: string, schema: z.ZodType<T, string>, { secret = false, ...rest }: Particulars<T>): Setting<T> {
  return { ...rest, kind, secret, schema };
}

export function text(kind: string, particulars: Particulars<string>): Setting<string> {
  return setting(kind, z.string().trim().min(1), particulars);
}

/** Digits only: `1e3`, `0x10` and `4000.0` are refused, because nobody means them. */
export function wholeNumber(min: number, max: number, particulars: Particulars<number>): Setting<number> {
  const schema = z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
  return setting(`a whole number from ${min} to ${max}`, schema, particulars);
}

/** Milliseconds in order, separated by commas; at least one. */
export function durations(max: number, particulars: Particulars<readonly number[]>): Setting<readonly number[]> {
  const schema = z
    .string()
    .regex(/^\s*\d{1,16}\s*(,\s*\d{1,16}\s*)*$/)
    .transform((t) => t.split(',').map(Number))
    .pipe(z.array(z.number().max(max)));
  return setting(`whole numbers from 0 to ${max}, separated by commas`, schema, particulars);
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T, particulars: Particulars<T[number]>): Setting<T[number]> {
  return setting(values.length === 1 ? values[0] : `one of ${values.join(', ')}`, z.string().pipe(z.enum(values)), particulars);
}

export function flag(particulars: Particulars<boolean>): Setting<boolean> {
  const schema = z.enum(['true', 'false', '1', '0']).transform((t) => t === 'true' || t === '1');
  return setting('true or false', z.string().pipe(schema), particulars);
}

/** Normalised to the form of the Origin header (RFC 6454): scheme, host, and the port where it is not the scheme's own. */
export function origins(particulars: Particulars<readonly string[]>): Setting<readonly string[]> {
  const origin = z
    .string()
    .refine((o) => /^https?:\/\/[^/?#@]+\/?$/i.test(o) && URL.canParse(o))
    .transform((o) => new URL(o).origin);
  const split = (t: string): string[] =>
    t
      .split(',')
      .map((o) => o.trim())
      .filter((o) => o !== '');
  const schema = z.string().transform(split).pipe(z.array(origin));
  return setting('origins such as https://dashboard.example.org, separated by commas', schema, particulars);
}

/** Kept as it is written, because an issuer is compared letter by letter. */
export function httpsUrl(particulars: Particulars<string>): Setting<string> {
  return setting(
    'an https URL (http to this machine only), e.g. https://id.example.org/realms/ml',
    z.string().refine(safeUrl),
    particulars,
  );
}

/** `value=ROLE` pairs, separated by commas; at least one. */
export function roleMap(particulars: Particulars<ReadonlyMap<string, Role>>): Setting<ReadonlyMap<string, Role>> {
  const pair = z
    .string()
    .transform((p) => /^\s*(.+?)\s*=\s*([A-Z]+)\s*$/.exec(p)?.slice(1) ?? [])
    .pipe(z.tuple([z.string(), z.enum(ROLES)]));
  const schema = z
    .string()
    .transform((t) => t.split(','))
    .pipe(z.array(pair))
    .transform((pairs) => new Map(pairs));
  return setting(`values and roles (${ROLES.join(', ')}) such as juara-viewer=VIEWER,ml-ops=OPERATOR`, schema, particulars);
}

/** `sqlite:<path>` or `postgres://...`; the password in it makes the whole a secret. */
export function databaseUrl(particulars: Particulars<string>): Setting<string> {
  const postgres = /^postgres(ql)?:\/\//;
  const schema = z.string().refine((u) => (postgres.test(u) ? URL.canParse(u) : /^sqlite:(?!(\/\/)?:memory:)[^\0]+$/.test(u)));
  return setting('sqlite:<path of a file> or postgres://<user>:<password>@<host>:<port>/<database>', schema, particulars);
}
