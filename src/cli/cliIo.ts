/** What the command line reads from and writes to; the process's own streams, or a test's. */
export interface CliIo {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True where a person sits at both ends: questions are asked, and progress is drawn. */
  readonly isTTY: boolean;
}
