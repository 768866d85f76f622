import { blockCommentEnd, identifierEnd, isIdentifierStart, lineCommentEnd, quotedEnd, rawEnd } from "./tokens.js";

/**
 * A declaration in which braces are written in a form that the grammar takes, offsets unchanged: it has no place for
 * `= {1, 2}` as a default. A list becomes a name, `= ______`, and `std::string{"s"}` a call, `std::string(   )`. A lambda keeps
 * its braces, with nothing in them.
 */
export function maskBraces(text: string): string {
  if (!text.includes("{")) return text;
  const parts: string[] = [];
  let kept = 0;
  let open = 0;
  let depth = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i);
    if (code === 123 && depth++ === 0) open = i;
    else if (code === 125 && depth > 0 && --depth === 0) {
      const before = text.slice(kept, open);
      const hasType = /[\w>]\s*$/.test(before.slice(-200));
      const length = i + 1 - open;
      const inside = " ".repeat(length - 2);
      const isBody = /[\])]\s*$/.test(before.slice(-200));
      parts.push(before, hasType ? `(${inside})` : isBody ? `{${inside}}` : "_".repeat(length));
      kept = i + 1;
    }
    i = tokenEnd(text, i, code);
  }
  parts.push(text.slice(kept));
  return parts.join("");
}

/** After the comment, literal or identifier at `at`, else after one character. */
export function tokenEnd(text: string, at: number, code: number): number {
  if (code === 34 || code === 39) return quotedEnd(text, at);
  if (code === 47 && text.charCodeAt(at + 1) === 47) return lineCommentEnd(text, at);
  if (code === 47 && text.charCodeAt(at + 1) === 42) return blockCommentEnd(text, at);
  if (!isIdentifierStart(code)) return at + 1;
  const end = identifierEnd(text, at);
  return (text.charCodeAt(end) === 34 ? rawEnd(text, at, end) : null) ?? end;
}
