import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderDiagnostic } from "../diagnostics/render.js";
import type { Io } from "../io.js";
import type { SourceFile } from "../model/file.js";

/** Shows every finding, each with its line and caret. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], sources: readonly SourceFile[], io: Io): void {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  for (const diagnostic of diagnostics) {
    io.err(renderDiagnostic(diagnostic, texts, { color: io.color }));
    io.err("");
  }
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  if (errors > 0) io.err(`${errors} ${errors === 1 ? "error" : "errors"}: nothing was written.`);
}
