const ALIGNMENT = 64;
/** Magic, version and length of a header of version 1.0. */
const PREFIX_BYTES = 10;

/** The head of a .npy file of version 1.0, as NumPy writes it; the values follow in C order. */
export function npyHeader(descr: string, shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((PREFIX_BYTES + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(total, ' ', 'latin1');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(total - PREFIX_BYTES, 8);
  header.write(text, PREFIX_BYTES, 'latin1');
  header.write('\n', total - 1, 'latin1');
  return header;
}

/** A .npy file of strings. */
export function npyStrings(strings: readonly string[]): Buffer {
  const points = strings.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  const width = Math.max(1, ...points.map((letters) => letters.length));
  const values = new Uint32Array(strings.length * width);
  for (const [i, letters] of points.entries()) values.set(letters, i * width);
  return Buffer.concat([npyHeader(`<U${width}`, [strings.length]), Buffer.from(values.buffer)]);
}
