/** A file that a stage read or printed. Paths are relative to the package's root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
