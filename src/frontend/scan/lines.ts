import type { Span } from "../../model/span.js";

/** Makes spans of one file from offsets into its text. */
export interface Places {
  readonly path: string;
  span(start: number, end: number): Span;
  /** The line, from 1, on which an offset lies. */
  lineOf(offset: number): number;
}

/** Reads the line breaks of `text` once (LF, CRLF, CR). A byte order mark takes no column. */
export function placesOf(path: string, text: string): Places {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  // A declaration that breaks off is closed before it is parsed: what stands behind the end of the text is its end.
  const position = (wanted: number) => {
    const offset = Math.min(wanted, text.length);
    const line = lineOf(offset);
    const start = Math.max(starts[line - 1] ?? 0, mark);
    return { line, column: Math.max(offset - start, 0) + 1, offset };
  };
  return { path, lineOf, span: (start, end) => ({ file: path, start: position(start), end: position(end) }) };
}
