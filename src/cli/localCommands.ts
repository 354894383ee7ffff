export interface ServeOptions {
  /** Overrides JUARA_HOME. */
  readonly home?: string;
  /** Overrides JUARA_HOST. */
  readonly host?: string;
  /** Overrides JUARA_PORT; 0 takes any free one. */
  readonly port?: number;
}

export interface DemoOptions {
  /** Where the demo keeps its registry; a fresh temporary folder where it is left out. */
  readonly home?: string;
  readonly port?: number;
}

export interface VerifyOptions {
  readonly home?: string;
  readonly json: boolean;
  /** The log alone, not the files: what an auditor with a copy of the database can do. */
  readonly logOnly: boolean;
  /** Files with checkpoints that were handed out earlier. */
  readonly checkpoints: readonly string[];
  /** The registry's key as checkpoints name it; the one in the home where it is left out. */
  readonly publicKey?: string;
}

export interface RebuildOptions {
  readonly home?: string;
  readonly json: boolean;
}

/**
 * The commands that work on this machine's registry and not through the API. The composition root gives them, so that the command
 * line imports nothing but the client. Each resolves to the exit code.
 */
export interface LocalCommands {
  serve(options: ServeOptions): Promise<number>;
  demo(options: DemoOptions): Promise<number>;
  config(): Promise<number>;
  verify(options: VerifyOptions): Promise<number>;
  rebuild(options: RebuildOptions): Promise<number>;
}
