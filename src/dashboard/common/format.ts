import type { MetricPartsFragment } from '../api/generated/operations';

export const NONE = '–';

/** In the reader's language and time zone; null: a dash. */
export function time(at: string | null | undefined, language: string): string {
  if (at == null) return NONE;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

export function number(value: number | null | undefined, language: string, digits = 4): string {
  return value == null ? NONE : new Intl.NumberFormat(language, { maximumSignificantDigits: digits }).format(value);
}

type Valued = Pick<MetricPartsFragment, 'value' | 'unit'>;

/** With its unit. Two decimals of a percent and four of a fraction are what versions are told apart by. */
export function metricValue(metric: Valued | null | undefined, language: string): string {
  if (metric == null) return NONE;
  const { value, unit } = metric;
  const fixed = (digits: number): string =>
    new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  switch (unit) {
    case 'PERCENT':
      return `${fixed(2)} %`;
    case 'FRACTION':
      return fixed(4);
    case 'MILLISECONDS':
      return `${fixed(2)} ms`;
    case 'BYTES':
      return bytes(value, language);
    case 'COUNT':
    case 'NONE':
      return number(value, language, 6);
    default:
      return unit satisfies never;
  }
}

/** A signed difference; percentages differ by points. */
export function metricDifference(difference: number | null | undefined, unit: Valued['unit'], language: string): string {
  if (difference == null) return NONE;
  const text = metricValue({ value: Math.abs(difference), unit }, language).replace(' %', ' pp');
  if (difference === 0) return text;
  return `${difference > 0 ? '+' : '−'}${text}`;
}

export function bytes(count: number, language: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(count))) / 10));
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: power === 0 ? 0 : 1 }).format(count / 1024 ** power)} ${units[power]}`;
}
