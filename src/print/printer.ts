// Lines, indentation, and the line of each symbol. The caller decides what is printed, and where it breaks.
import type { SourceFile } from "../model/file.js";

/** Columns that a line of generated code may take. */
export const WIDTH = 120;

const STEP = "  ";

export interface Printer {
  /** Prints lines at the present indentation; an empty one stays empty. */
  line(...lines: readonly string[]): void;
  /** An empty line, unless the last one is empty or there is none yet. */
  blank(): void;
  /** Prints what `print` prints one step further right. */
  indented(print: () => void): void;
  /** Columns that the present indentation takes. */
  column(): number;
  /** Records that the next line declares or defines a symbol. The first mark of a symbol counts. */
  mark(symbol: string): void;
  /** Records what another tool finds in the file: a signature for Rcpp, a name for roxygen2. */
  export(text: string): void;
  /** All that was printed, with one line break at its end. */
  text(): string;
  /** All that was printed, as a file. */
  file(path: string): PrintedFile;
}

export interface PrintedFile extends SourceFile {
  /** The line of each symbol, from 1. */
  readonly lines: ReadonlyMap<string, number>;
  /** What other tools find in the file. */
  readonly exports: readonly string[];
}

export function createPrinter(): Printer {
  // One string, which engines put together once, at the end: a list of lines would be copied twice.
  let printed = "";
  let isBlank = true;
  let indent = "";
  let count = 0;
  const lines = new Map<string, number>();
  const exports: string[] = [];
  const printer: Printer = {
    line(...texts) {
      count += texts.length;
      for (let i = 0; i < texts.length; i++) {
        const text = texts[i] as string;
        isBlank = text === "";
        printed += isBlank ? "\n" : `${indent}${text}\n`;
      }
    },
    blank() {
      if (!isBlank) {
        printed += "\n";
        count += 1;
      }
      isBlank = true;
    },
    indented(print) {
      const outside = indent;
      indent += STEP;
      print();
      indent = outside;
    },
    column: () => indent.length,
    mark(symbol) {
      if (!lines.has(symbol)) lines.set(symbol, count + 1);
    },
    export: (text) => exports.push(text),
    text() {
      const kept = printed.trimEnd();
      return printed.startsWith("\n", kept.length) ? printed.slice(0, kept.length + 1) : `${kept}\n`;
    },
    file: (path) => ({ path, text: printer.text(), lines, exports }),
  };
  return printer;
}

/** A file of which nothing is recorded. */
export function plainFile(path: string, text: string): PrintedFile {
  return { path, text, lines: new Map(), exports: [] };
}

/**
 * Breaks prose into lines of at most `width` columns. Line breaks that are there stay; a word that is longer than
 * a line is not cut.
 */
export function wrapProse(text: string, width: number): readonly string[] {
  if (text.length <= width && !text.includes("\n")) return [text.trimEnd()];
  return text.split("\n").flatMap((line) => wrapLine(line.trimEnd(), width));
}

function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const indent = line.slice(0, line.length - line.trimStart().length);
  const wrapped: string[] = [];
  let current = "";
  for (const word of line.trim().split(/\s+/u)) {
    const longer = current === "" ? indent + word : `${current} ${word}`;
    if (current !== "" && longer.length > width) {
      wrapped.push(current);
      current = indent + word;
    } else {
      current = longer;
    }
  }
  return [...wrapped, current];
}
