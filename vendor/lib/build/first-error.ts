import { isAbsolute, relative } from "node:path";
import type { Diagnostic, Place } from "./compiler-errors.js";
import type { Owner } from "./owner.js";
import type { Traced } from "./trace-back.js";

/** The error to show: its message, the place of the person's own that leads to it, and how many others there are. */
export interface FirstError {
  readonly diagnostic: Diagnostic;
  /** In the person's own source where there is one, else where the compiler stopped. */
  readonly place: Place | null;
  readonly owner: Owner | null;
  readonly others: number;
}

/** Picks the first error at the person's own file: there itself, then through an instantiation, then through an include. */
export function firstError(diagnostics: readonly Diagnostic[], ownerOf: (file: string) => Owner): FirstError | null {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  // A symbol that is missing is said once for each place that calls it.
  const others =
    new Set(errors.map((one) => `${one.message}\n${one.place === null ? "" : placeText(one.place, "/")}`)).size - 1;
  const isUserOwned = (place: Place | null): boolean => place !== null && ownerOf(place.file) === "userOwned";
  const routes: ((diagnostic: Diagnostic) => Place | null | undefined)[] = [
    (one) => [one.place, ...one.requiredFrom].find(isUserOwned),
    (one) => [one.place, ...one.requiredFrom].find((place) => place !== null && ownerOf(place.file) === "generated"),
    (one) => one.includedFrom.find(isUserOwned),
    (one) => one.place,
  ];
  for (const route of routes) {
    for (const diagnostic of errors) {
      const place = route(diagnostic);
      if (place) return { diagnostic, place, owner: ownerOf(place.file), others };
    }
  }
  const [diagnostic] = errors;
  return diagnostic === undefined ? null : { diagnostic, place: null, owner: null, others };
}

/** "csrc/src/lltm.cpp:12:5": a place with its path relative to `root` where it lies inside. */
export function placeText(place: Place, root: string): string {
  const inside = relative(root, place.file);
  const path = inside.startsWith("..") || isAbsolute(inside) ? place.file : inside.replaceAll("\\", "/");
  return [path, place.line, place.column].filter((part) => part !== null).join(":");
}

/**
 * What a person reads of an error or a warning: the place, the message, the compiler's own lines, and a hint.
 * @param traced the marked function behind an error in what is generated
 */
export function explain(error: FirstError, root: string, traced: Traced | null = null): string[] {
  if (traced !== null) return explainTraced(error, root, traced);
  const { diagnostic, place, owner, others } = error;
  const at = place === null ? "" : `${placeText(place, root)}: `;
  const lines = [`${at}${diagnostic.severity}: ${diagnostic.message}`];
  const here = diagnostic.place;
  if (here !== null && place !== null && (here.file !== place.file || here.line !== place.line)) {
    lines.push(`  found at ${placeText(here, root)}`);
  }
  lines.push(...excerpt(diagnostic.text).map((line) => `  ${line}`));
  if (owner === "generated") {
    lines.push(
      "The file is generated: if the C++ that it calls has changed, run `npx generator-torch-extension bind`, then build again.",
    );
  }
  if (/^(Killed|.*signal terminated program)/.test(diagnostic.message)) {
    lines.push(
      "The compiler was killed, most often because memory ran out: build again with CMAKE_BUILD_PARALLEL_LEVEL=1.",
    );
  }
  if (others > 0) lines.push(`${others} more ${others === 1 ? "error" : "errors"} in the log.`);
  return lines;
}

/** At the marked function, with its own line; then where in the generated file the compiler stopped. */
function explainTraced({ diagnostic, others }: FirstError, root: string, traced: Traced): string[] {
  const { annotated, place, message, fix } = traced;
  const lines = [
    `${placeText(annotated, root)}: error: ${message ?? diagnostic.message}`,
    ...sourceLine(annotated).map((line) => `  ${line}`),
  ];
  if (place !== null) {
    lines.push(`The compiler stopped in what is generated for ${annotated.name}, at ${placeText(place, root)}:`);
    lines.push(...excerpt(diagnostic.text).map((line) => `  ${line}`));
  }
  lines.push(fix);
  if (others > 0) lines.push(`${others} more ${others === 1 ? "error" : "errors"} in the log.`);
  return lines;
}

/** The line of a marked function with carets under its name, cut where it is very long. */
function sourceLine({ text, line, column, name }: Traced["annotated"]): string[] {
  const from = Math.max(0, column - 80);
  const shown = text
    .slice(from, from + 120)
    .replace(/\t/g, " ")
    .replace(/\p{Cc}/gu, "\uFFFD");
  const number = String(line).padStart(5);
  const carets = " ".repeat(column - 1 - from) + "^".repeat(name.length);
  return [`${number} | ${shown}`, `${" ".repeat(number.length)} | ${carets}`];
}

/** The source lines and carets that follow a compiler's message, not its notes. */
function excerpt(text: readonly string[]): string[] {
  const start = text.findIndex((line) => /(?:error|warning)(?: [A-Z#]*\d[\w-]*)?: /.test(line));
  const after = text.slice(start < 0 ? 1 : start + 1);
  const end = after.findIndex((line) => /: note: |^In file|^\S+: In |^\s+\|?\s*$/.test(line));
  return after.slice(0, Math.min(end < 0 ? after.length : end, 3)).filter((line) => line.trim() !== "");
}
