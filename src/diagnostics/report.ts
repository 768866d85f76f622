import type { Span } from "../model/span.js";
import { type Code, codes } from "./codes.js";
import type { Diagnostic } from "./diagnostic.js";

/** The words of one finding; the code's row gives the severity. */
export interface Finding {
  readonly message: string;
  readonly label?: string;
  readonly note?: string;
  readonly fix: string;
}

/** Makes a diagnostic of `code` at `span`. */
export function report(code: Code, span: Span, finding: Finding): Diagnostic {
  return { code, severity: codes[code].severity, span, ...finding };
}

/** `file:line:column`, as editors and terminals understand it. */
export function placeOf(span: Span): string {
  return `${span.file}:${span.start.line}:${span.start.column}`;
}

/** A name in backquotes for a message, cut where it is very long, control characters taken out. */
export function quote(text: string): string {
  const clean = [...text.slice(0, 400)].map((c) => (/\p{C}/u.test(c) ? "\uFFFD" : c)).join("");
  return `\`${clean.length > 120 ? `${clean.slice(0, 117)}…` : clean}\``;
}
