import { GraphQLScalarType } from 'graphql';
import { JuaraError } from '../../domain/errors.js';
import type { Millis } from '../../domain/records.js';
import { textLiteral } from './textLiteral.js';

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const MINUTE = 60_000;

function parse(value: unknown): Millis {
  const at = typeof value === 'string' && value.length <= 60 ? parseInstant(value) : null;
  if (at !== null) return at;
  const shown = JSON.stringify(String(value).slice(0, 80));
  throw new JuaraError('INVALID_INPUT', `${shown} is not an instant: write RFC 3339 with an offset, e.g. 2026-02-09T13:00:19.864Z`);
}

function parseInstant(text: string): Millis | null {
  const match = RFC3339.exec(text);
  if (match === null) return null;
  const [, date = '', time = '', fraction = '', sign, hours, minutes] = match;
  const local = `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const at = Date.parse(local);
  // Date.parse turns 30 February into 2 March: only a date that comes back unchanged is one.
  if (Number.isNaN(at) || new Date(at).toISOString() !== local) return null;
  if (sign === undefined) return at;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  return sign === '+' ? at - offset : at + offset;
}

/** RFC 3339; outside UTC with milliseconds, inside UTC milliseconds since 1970. Digits beyond milliseconds are cut off. */
export const DateTimeScalar = new GraphQLScalarType<Millis, string>({
  name: 'DateTime',
  description:
    'RFC 3339 instant in UTC with milliseconds, e.g. 2026-02-09T13:00:19.864Z. On input any offset is accepted and converted; digits beyond milliseconds are cut off.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => new Date(value as Millis).toISOString(),
  parseValue: parse,
  parseLiteral: (node) => parse(textLiteral(node)),
});
