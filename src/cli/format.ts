import type { Metric } from './client.js';

export const NONE = '-';

/** RFC 3339 -> `2026-02-09 13:00:19Z`. */
export function time(at: string | null): string {
  return at === null ? NONE : `${at.slice(0, 19).replace('T', ' ')}Z`;
}

/** With its unit. Two decimals of a percent and four of a fraction are what the example's models are told apart by. */
export function metricValue({ value, unit }: Pick<Metric, 'value' | 'unit'>): string {
  switch (unit) {
    case 'PERCENT':
      return `${value.toFixed(2)} %`;
    case 'FRACTION':
      return value.toFixed(4);
    case 'MILLISECONDS':
      return `${value.toFixed(1)} ms`;
    case 'BYTES':
      return bytes(value);
    default:
      return number(value);
  }
}

/** A signed difference in the metric's unit; percentages differ by points. */
export function metricDifference(difference: number | null, unit: Metric['unit'] | undefined): string {
  if (difference === null || unit === undefined) return NONE;
  const sign = difference > 0 ? '+' : '';
  return sign + metricValue({ value: difference, unit }).replace(' %', ' points');
}

export function number(value: number | null): string {
  return value === null ? NONE : String(Number(value.toPrecision(6)));
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(count))) / 10));
  const scaled = count / 1024 ** power;
  return `${power === 0 ? scaled : scaled.toFixed(1)} ${units[power]}`;
}

/** For a cell of a table; `show` gives the whole text. */
export function shortened(text: string | null, width = 60): string {
  if (text === null) return NONE;
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}
