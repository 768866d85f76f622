// The source line under a diagnostic, made safe and narrow enough to print.
import type { Span } from "../model/span.js";

/** A source line, what stands before the carets below it, and the carets. */
interface Excerpt {
  readonly line: string;
  readonly indent: string;
  readonly carets: string;
}

const widest = 100;
const tab = "    ";
/** The byte order mark. */
const mark = 0xfeff;

/** The line in which `span` starts; null where the text has no such place. Tabs become four spaces. */
export function excerpt(text: string, span: Span): Excerpt | null {
  const { offset } = span.start;
  if (offset > text.length) return null;
  // A line of megabytes is not read whole: what is printed lies within `widest` columns of the carets.
  const from = lineStart(text, offset, widest);
  const to = lineEnd(text, offset, 2 * widest);
  const stop = Math.max(offset, Math.min(span.end.offset, to));
  const moreBefore = from > 0 && !isBreak(text, from - 1) && text.charCodeAt(from - 1) !== mark;
  const moreAfter = to < text.length && !isBreak(text, to);
  return cut(
    printable(text.slice(from, offset)),
    printable(text.slice(offset, stop)),
    printable(text.slice(stop, to)),
    moreBefore,
    moreAfter,
  );
}

/** Fits the line into `widest` columns around the marked part, with an ellipsis where something was cut. */
function cut(before: string, marked: string, after: string, moreBefore: boolean, moreAfter: boolean): Excerpt {
  const room = Math.max(20, widest - Math.min(displayWidth(marked), 60));
  const head = takeLast(before, Math.floor(room * 0.6));
  const body = takeFirst(marked, 60);
  const tail = body === marked ? takeFirst(after, room - displayWidth(head)) : "";
  const left = moreBefore || head !== before ? `…${head}` : head;
  const whole = body === marked && tail === after && !moreAfter;
  return {
    line: `${left}${body}${tail}${whole ? "" : "…"}`,
    indent: " ".repeat(displayWidth(left)),
    carets: "^".repeat(Math.max(1, displayWidth(body))),
  };
}

function takeFirst(text: string, columns: number): string {
  let width = 0;
  let taken = "";
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns) break;
    taken += character;
  }
  return taken;
}

function takeLast(text: string, columns: number): string {
  const characters = [...text];
  let width = 0;
  let first = characters.length;
  while (first > 0) {
    width += characterWidth(characters[first - 1] ?? "");
    if (width > columns) break;
    first--;
  }
  return characters.slice(first).join("");
}

/** Where the line begins, or what is shown of it: at most `most` characters before the offset. */
function lineStart(text: string, offset: number, most: number): number {
  let start = offset;
  while (start > 0 && offset - start < most && !isBreak(text, start - 1)) start--;
  return start === 0 && text.charCodeAt(0) === mark ? Math.min(1, offset) : start;
}

/** Where the line ends, or what is shown of it. */
function lineEnd(text: string, offset: number, most: number): number {
  let end = offset;
  while (end < text.length && end - offset < most && !isBreak(text, end)) end++;
  return end;
}

function isBreak(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 10 || code === 13;
}

/** Tabs as spaces; other control characters, which could drive the terminal, as replacement characters. */
function printable(text: string): string {
  return text.replaceAll("\t", tab).replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\uFFFD");
}

/** Columns that a text takes in a terminal: two for East Asian wide characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const zeroWidth = /\p{Mn}|\p{Me}|[\u200b-\u200d]/u;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

function characterWidth(character: string): number {
  if (zeroWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
