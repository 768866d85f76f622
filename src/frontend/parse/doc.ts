import type { Doc } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import type { Comment } from "../scan/range.js";

/** `///`, `//!`, `//'` and the block forms, but not `///<`, which belongs to what stands before it. */
function isDoc(text: string, comment: Comment): boolean {
  const head = text.slice(comment.start, Math.min(comment.end, comment.start + 5));
  if (/^(?:\/\/[/!']|\/\*[*!])</.test(head)) return false;
  if (comment.kind === "line") return /^\/\/(?:\/(?!\/)|[!'])/.test(head);
  return /^\/\*(?:\*(?![*/])|!)/.test(head);
}

/** The text of a `///<` behind what ends at `end`, on the same line; null where there is none. */
export function trailingDoc(text: string, end: number): string | null {
  const match = /^[ \t]*[,;]?[ \t]*(?:\/\/[/!]<([^\r\n]*)|\/\*[*!]<([\s\S]{0,2000}?)\*\/)/.exec(
    text.slice(end, end + 2000),
  );
  if (match === null) return null;
  const lines = (match[1] ?? match[2] ?? "").split(/\r\n|\r|\n/).map((line) => line.replace(/^[ \t]*\*?/, "").trim());
  return joined(lines) || null;
}

/** A comment's text without its markers, line by line. */
function contentOf(text: string, comment: Comment): readonly string[] {
  const body = text.slice(comment.start, comment.end);
  if (comment.kind === "line") return [body.replace(/^\/\/[/!'] ?/, "").trimEnd()];
  const lines = body
    .slice(3)
    .replace(/\*\/$/, "")
    .split(/\r\n|\r|\n/);
  return lines.map((line, i) =>
    (i === 0 ? line.replace(/^ /, "") : line.replace(/^[ \t]*(?:\*(?:[ \t]|$))?/, "")).trimEnd(),
  );
}

/** The doc comments that touch the declaration, without a blank line between. */
function adjacent(text: string, comments: readonly Comment[], declaration: number, places: Places): readonly Comment[] {
  let below = places.lineOf(declaration);
  let first = comments.length;
  while (first > 0) {
    const comment = comments[first - 1];
    if (comment === undefined || places.lineOf(comment.end) < below - 1) break;
    below = places.lineOf(comment.start);
    first--;
  }
  return comments.slice(first).filter((comment) => isDoc(text, comment) && !isTrailing(text, comment));
}

/** Whether something stands before the comment on its line: then it speaks of that. */
function isTrailing(text: string, comment: Comment): boolean {
  for (let i = comment.start - 1; i >= 0; i--) {
    const c = text.charAt(i);
    if (c === "\n" || c === "\r" || c === "\uFEFF") return false;
    if (c !== " " && c !== "\t") return true;
  }
  return false;
}

const tag = /^\s*[@\\](\w+)(?:\[[^\]]*\])?(?:\s+([\s\S]*))?$/;

/**
 * Reads the doc comments above a declaration.
 *
 * @param comments all comments in front of it, in order
 * @param declaration where it begins
 * @returns null where there is no doc comment
 */
export function readDoc(text: string, comments: readonly Comment[], declaration: number, places: Places): Doc | null {
  const lines = adjacent(text, comments, declaration, places)
    .flatMap((comment) => contentOf(text, comment))
    .filter((line) => !/^\s*\[\[\s*torch\s*::/.test(line));
  if (lines.length === 0) return null;

  const summary: string[] = [];
  const returns: string[] = [];
  const params = new Map<string, string[]>();
  // What the following lines belong to; null for a tag that no host has a place for.
  let field: string[] | null = summary;
  for (const line of lines) {
    const match = tag.exec(line);
    const name = match?.[1];
    const rest = (match?.[2] ?? "").trim();
    if (name === "param" || name === "tparam") {
      field = [];
      const [names = "", ...words] = rest.split(/\s+(.*)/s);
      field.push(words.join("").trim());
      for (const parameter of names.split(",")) if (parameter !== "") params.set(parameter, field);
    } else if (name === "return" || name === "returns") {
      field = returns;
      field.push(rest);
    } else if (name === "brief" || name === "details" || name === "description" || name === "title") {
      field = summary;
      field.push(rest);
    } else if (name !== undefined && knownTags.has(name)) {
      field = null;
    } else {
      field?.push(field === summary ? line : line.trim());
    }
  }
  return {
    summary: joined(summary),
    params: Object.fromEntries([...params].map(([name, text]) => [name, joined(text)])),
    returns: returns.length === 0 ? null : joined(returns),
  };
}

/** Tags of Doxygen, roxygen and JSDoc whose text is left out. Others, such as an @-mention, are text. */
const knownTags = new Set(
  `author aliases concept deprecated docType example examples examplesIf export exportS3Method family format import
   importFrom inherit inheritParams internal keywords md name noRd note post pre rdname references remark remarks
   S3method section see seealso since throw throws exception todo usage useDynLib version warning file ingroup addtogroup
   defgroup code endcode verbatim endverbatim`.split(/\s+/),
);

function joined(lines: readonly string[]): string {
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
