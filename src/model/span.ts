/** A place in a source file. Lines and columns count from 1, columns in UTF-16 code units; offset counts from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of one source file, end exclusive. `file` is relative to the package's root, with forward slashes. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}
