/** What a person typed, made safe for the place where it is printed. All of these are total: no text breaks a file. */

/** Control characters, line ends and marks that reorder text become one blank; the ends are trimmed. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}\s]+/gu, " ").trim();
}

/** A JSON, JavaScript or TypeScript literal, quotes included. */
export function json(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, unicodeEscape);
}

/** Running text in Markdown, one line, shown as typed. */
export function markdown(value: string): string {
  return oneLine(value)
    .replace(/[\\`*_{}[\]<>#|~&!$]/g, "\\$&")
    .replace(/^([-+=])/, "\\$1")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
