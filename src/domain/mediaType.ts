/** Media types by extension; .onnx has no registered one. Served only as an attachment, never rendered. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  json: 'application/json',
  onnx: 'application/octet-stream',
  csv: 'text/csv',
  txt: 'text/plain',
  md: 'text/markdown',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  zip: 'application/zip',
};

export function mediaTypeOf(fileName: string): string {
  return BY_EXTENSION[fileName.toLowerCase().split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
