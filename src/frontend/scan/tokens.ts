// Where C++ tokens end. Each function takes the text and the offset at which the token begins, and returns the offset after it.

const newline = 10;
const backslash = 92;

/** After a `//` comment: before its line break. A backslash at the end of a line carries the comment on. */
export function lineCommentEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    const found = text.indexOf("\n", end);
    if (found < 0) return text.length;
    const before = text.charCodeAt(found - 1) === 13 ? found - 1 : found;
    if (text.charCodeAt(before - 1) !== backslash) return before;
    end = found + 1;
  }
}

/** After a block comment; the end of the text where it is not closed. */
export function blockCommentEnd(text: string, start: number): number {
  const found = text.indexOf("*/", start + 2);
  return found < 0 ? text.length : found + 2;
}

/** After a string or character literal; the end of its line where it is not closed. */
export function quotedEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === newline) return i;
    if (code === backslash) {
      i++;
      if (text.charCodeAt(i) === 13 && text.charCodeAt(i + 1) === newline) i++;
    }
  }
  return text.length;
}

const rawPrefixes = new Set(["R", "LR", "uR", "UR", "u8R"]);

/** After a raw string whose prefix ends at `quote`; null where that is no raw string's prefix. */
export function rawEnd(text: string, start: number, quote: number): number | null {
  if (quote - start > 3 || !rawPrefixes.has(text.slice(start, quote))) return null;
  // A delimiter has at most 16 characters.
  const delimiter = text.slice(quote + 1, quote + 18).indexOf("(");
  if (delimiter < 0) return null;
  const open = quote + 1 + delimiter;
  const close = `)${text.slice(quote + 1, open)}"`;
  const found = text.indexOf(close, open);
  return found < 0 ? text.length : found + close.length;
}

export function isIdentifierStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code >= 0x80;
}

/** After an identifier. */
export function identifierEnd(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (!isIdentifierStart(code) && !(code >= 48 && code <= 57)) break;
    i++;
  }
  return i;
}

/** After a number, digit separators and suffixes included. */
export function numberEnd(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 39) {
      const next = text.charCodeAt(i + 1);
      if (!(next >= 48 && next <= 57) && !isIdentifierStart(next)) break;
    } else if (code === 43 || code === 45) {
      if (!/[eEpP]/.test(text.charAt(i - 1))) break;
    } else if (code !== 46 && !(code >= 48 && code <= 57) && !isIdentifierStart(code)) {
      break;
    }
  }
  return i;
}
