import type { IncomingHttpHeaders } from 'node:http';
import parseRange from 'range-parser';

/**
 * The one byte range that the request asks for: 'whole' where it asks for none, for several, or in a way that we do not understand
 * (RFC 9110, 14.2 lets a server ignore Range), or where If-Range names another representation; 'unsatisfiable' where it lies behind
 * the end.
 */
export function requestedRange(
  headers: IncomingHttpHeaders,
  size: number,
  etag: string,
): { start: number; end: number } | 'whole' | 'unsatisfiable' {
  const { range } = headers;
  if (range === undefined) return 'whole';
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return 'whole';
  const ranges = parseRange(size, range, { combine: true });
  if (ranges === -1) return 'unsatisfiable';
  const [only, ...others] = ranges === -2 || ranges.type !== 'bytes' ? [] : ranges;
  return only === undefined || others.length > 0 ? 'whole' : { start: only.start, end: only.end };
}
