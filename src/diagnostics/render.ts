import type { Span } from "../model/span.js";
import { type Code, codes } from "./codes.js";
import type { Diagnostic } from "./diagnostic.js";
import { excerpt } from "./excerpt.js";
import { placeOf } from "./report.js";

type Style = "red" | "yellow" | "blue" | "bold";

const escapes: Readonly<Record<Style, string>> = { red: "31;1", yellow: "33;1", blue: "34;1", bold: "1" };

/**
 * One finding as a compiler would print it: place, message, the source line with carets, note and fix. No newline at the
 * end. `sources` holds texts by path; without the file's text, the source line is left out.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, string>,
  options: { readonly color: boolean },
): string {
  const paint = (style: Style, text: string) => (options.color ? `\u001b[${escapes[style]}m${text}\u001b[0m` : text);
  const tone: Style = diagnostic.severity === "error" ? "red" : "yellow";
  const head = paint(tone, `${diagnostic.severity}[${diagnostic.code}]`);
  const lines = [`${paint("bold", placeOf(diagnostic.span))}: ${head}: ${paint("bold", diagnostic.message)}`];

  const text = sources.get(diagnostic.span.file);
  const shown = text === undefined ? null : excerpt(text, diagnostic.span);
  const number = String(diagnostic.span.start.line);
  const gutter = " ".repeat(number.length);
  if (shown !== null) {
    const label = diagnostic.label === undefined ? "" : ` ${diagnostic.label}`;
    lines.push(
      `${gutter} ${paint("blue", "|")}`,
      `${paint("blue", `${number} |`)} ${shown.line}`.trimEnd(),
      `${gutter} ${paint("blue", "|")} ${shown.indent}${paint(tone, shown.carets + label)}`,
    );
  }
  for (const part of ["note", "fix"] as const) {
    const words = diagnostic[part];
    if (words !== undefined) lines.push(`${gutter} ${paint("blue", "=")} ${paint("bold", `${part}:`)} ${words}`);
  }
  return lines.join("\n");
}

/** A finding as `--json` prints it. Lines and columns count from 1, columns in UTF-16 code units, ends are exclusive. */
interface DiagnosticJson {
  readonly code: Code;
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly label: string | null;
  readonly note: string | null;
  readonly fix: string;
}

export function toJson(diagnostic: Diagnostic): DiagnosticJson {
  const { code, severity, message, span, fix } = diagnostic;
  return {
    code,
    severity,
    title: codes[code].title,
    message,
    ...placeJson(span),
    label: diagnostic.label ?? null,
    note: diagnostic.note ?? null,
    fix,
  };
}

function placeJson({ file, start, end }: Span) {
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
