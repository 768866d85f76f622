// Escapes the user's text for each language that is printed.

const SIMPLE: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A C++ string literal, quotes included. All beyond printable ASCII is written as octal bytes of UTF-8, so that neither
 * the compiler's idea of the source's encoding nor a digit that follows can change it; `?` is escaped against trigraphs.
 */
export function cppString(text: string): string {
  if (!/[^ !#-[\]-~]|\?\?/.test(text)) return `"${text}"`;
  const escaped = text
    .replace(/["\\\n\r\t]/g, (character) => SIMPLE[character] ?? character)
    .replace(/\?(?<=\?\?)/g, "\\?")
    .replace(/[^ -~]/gu, octal);
  return `"${escaped}"`;
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

/**
 * A TypeScript string literal, in the quotes that take fewer escapes. Letters of any script stay as they are; what a reader
 * could not see is escaped.
 */
export function tsString(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  const json = JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/**
 * Text inside a JSDoc comment: it can neither end the comment nor begin a tag or a type. Line breaks stay; other
 * control characters become spaces.
 */
export function jsDocText(text: string): string {
  const lines = plainLines(text);
  if (!/[*@{]/.test(lines)) return lines;
  return lines
    .replace(/\*(?=\/)/gu, "*\\")
    .replace(/(^|[\s*({])@/gmu, "$1\\@")
    .replace(/^(\s*)\{/gmu, "$1\\{");
}

/** An R string literal; all beyond printable ASCII is escaped, so that no encoding changes it. Ends at a NUL, as C does. */
export function rString(text: string): string {
  let literalText = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") literalText += `\\${character}`;
    else if (character === "\n") literalText += "\\n";
    else if (code >= 0x20 && code < 0x7f) literalText += character;
    else if (code === 0) break;
    else literalText += `\\U{${code.toString(16)}}`;
  }
  return `"${literalText}"`;
}

/** Text inside a roxygen comment: it begins no tag, no macro of Rd and no comment of it. */
export function rdText(text: string): string {
  return plainLines(text)
    .replace(/[\\{}%]/gu, "\\$&")
    .replace(/@/gu, "@@");
}

/** Names and paths inside a line comment of C++: they neither go on in the next line nor begin an attribute. */
export function lineComment(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:/_+@~()-]/gu, "_");
}

/** Text inside one cell of a Markdown table. */
export function markdownCell(text: string): string {
  return markdownText(oneLine(text)).replace(/\|/gu, "\\|");
}

/** Escapes running text for Markdown, so that it does not make HTML, headings or links that the user did not write. */
export function markdownText(text: string): string {
  const lines = plainLines(text);
  if (!/[&<#>]/.test(lines)) return lines;
  return lines
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/^(\s*)([#>])/gmu, "$1\\$2");
}

/** What a code span takes as it is: neither backtick nor `|`, no blank at an end. */
const PLAIN_CODE = /^(?! )[ -_a-{}~]+(?<! )$/;

/** A code span of Markdown, inside a table cell or outside: as many backticks as it takes. */
export function markdownCode(text: string): string {
  if (PLAIN_CODE.test(text)) return `\`${text}\``;
  const line = oneLine(text).replace(/\|/gu, "\\|");
  const longest = Math.max(0, ...(line.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

function oneLine(text: string): string {
  return plainLines(text)
    .replace(/\s*\n\s*/gu, " ")
    .trim();
}

/** Line breaks of every kind become `\n`; other control characters, and those that reverse text, become spaces. */
function plainLines(text: string): string {
  if (!/[^ -~]/.test(text)) return text;
  return text.replace(/\r\n?|[\u2028\u2029]/gu, "\n").replace(/(?![\n ])[\s\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ");
}
