import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { invalid } from './invalid.js';

/** One row of the file: its number, the header being row 1 (a quoted field may make a row several lines long), and its fields. */
export interface CsvRow {
  readonly row: number;
  readonly fields: readonly string[];
}

/** Longest row that is read. */
const MAX_ROW_BYTES = 16 * 2 ** 20;

const FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is not closed before the end of the file',
  CSV_INVALID_CLOSING_QUOTE: 'something follows the closing quote of a field; a quote within a quoted field is written twice',
  INVALID_OPENING_QUOTE: 'a quote stands within a field that does not begin with one',
  CSV_MAX_RECORD_SIZE: `it is longer than ${MAX_ROW_BYTES} bytes; perhaps a quote is not closed`,
};

/** The rows of an RFC 4180 file, header first; the lines may end in LF too, and blank ones at its end do not count. */
export async function* csvRows(path: string): AsyncGenerator<CsvRow> {
  const parser = parse({ bom: true, relax_column_count: true, record_delimiter: ['\r\n', '\n'], max_record_size: MAX_ROW_BYTES });
  // Its error reaches the loop below through `parser`, which it destroys.
  pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), parser, () => undefined);
  let row = 0;
  let blank: number | null = null;
  try {
    for await (const fields of parser as AsyncIterable<readonly string[]>) {
      row += 1;
      if (fields.length === 1 && fields[0] === '') {
        blank ??= row;
        continue;
      }
      if (blank !== null) throw invalid(`row ${blank} is blank`);
      yield { row, fields };
    }
  } catch (error) {
    // Rows that were read ahead are dropped with an error: the parser's own count goes on to where it is.
    if (error instanceof CsvError)
      throw invalid(`row ${parser.info.records + 1} is malformed: ${FAULTS[error.code] ?? error.message}`, error);
    throw error;
  } finally {
    parser.destroy();
  }
}
