/** A value in an annotation. */
export type Value =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "vector"; readonly items: readonly Value[] }
  /** NULL, a number, a bare word: nothing that an argument takes. */
  | { readonly kind: "other"; readonly text: string };

/** `name = value`, and where it stands. */
export interface Found {
  readonly name: string;
  readonly value: Value;
  readonly start: number;
  readonly end: number;
}

interface Problem {
  readonly message: string;
  readonly at: number;
}

const white = /\s*/y;
const marker = /[/']*/y;
const bareWord = /[\w.]*/y;

/** Where the match of a sticky pattern at `start` ends. */
function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** Vectors inside vectors that are followed. */
const deepest = 8;
const mostItems = 1000;
const mostArguments = 20;

/**
 * Reads `(name = value, …)]]` or `]]` at `start`. A list may go on on the next line behind another `//`.
 *
 * @returns what was read up to the first problem, and where `]]` ends
 */
export function readArguments(
  text: string,
  start: number,
  limit: number,
): { readonly arguments: readonly Found[]; readonly end: number; readonly problem: Problem | null } {
  const found: Found[] = [];
  let i = start;

  const skip = () => {
    for (;;) {
      i = Math.min(matchEnd(white, text, i), limit);
      if (i >= limit || !text.startsWith("//", i) || !onNewLine(i)) return;
      i = Math.min(matchEnd(marker, text, i), limit);
    }
  };
  const onNewLine = (at: number): boolean => {
    let before = at - 1;
    while (before >= start && (text.charAt(before) === " " || text.charAt(before) === "\t")) before--;
    return text.charAt(before) === "\n" || text.charAt(before) === "\r";
  };
  const accept = (token: string): boolean => {
    skip();
    if (i + token.length > limit || !text.startsWith(token, i)) return false;
    i += token.length;
    return true;
  };
  const word = (): string => {
    skip();
    const begin = i;
    i = Math.min(matchEnd(bareWord, text, i), limit);
    return text.slice(begin, i);
  };
  const expected = (what: string): Problem => ({
    message: i >= limit ? "it is not closed" : `${what} is missing here`,
    at: i,
  });

  const string = (): string | Problem => {
    const mark = text.charAt(i);
    let value = "";
    for (i++; i < limit; i++) {
      const c = text.charAt(i);
      if (c === mark) {
        i++;
        return value;
      }
      if (c === "\n") break;
      value += c === "\\" ? text.charAt(++i) : c;
    }
    return { message: "a string is not closed", at: Math.min(i, limit) };
  };
  const value = (depth: number): Value | Problem => {
    skip();
    if (i < limit && (text[i] === '"' || text[i] === "'")) {
      const read = string();
      return typeof read === "string" ? { kind: "string", text: read } : read;
    }
    const name = word();
    if (name === "") return expected("a value");
    if (name === "TRUE" || name === "true" || name === "T") return { kind: "bool", value: true };
    if (name === "FALSE" || name === "false" || name === "F") return { kind: "bool", value: false };
    if ((name !== "c" && name !== "list") || !accept("(")) return { kind: "other", text: name };
    if (depth >= deepest) return { message: "lists are nested too deep", at: i };
    const items: Value[] = [];
    while (!accept(")")) {
      if (items.length >= mostItems) return { message: "a list is too long", at: i };
      if (items.length > 0 && !accept(",")) return expected("`,` or `)`");
      const item = value(depth + 1);
      if ("message" in item) return item;
      items.push(item);
    }
    return { kind: "vector", items };
  };
  const argument = (): Found | Problem => {
    skip();
    const begin = i;
    const name = word();
    if (name === "" || !accept("=")) return expected("`name = value`");
    const read = value(0);
    return "message" in read ? read : { name, value: read, start: begin, end: i };
  };

  if (accept("(")) {
    while (!accept(")")) {
      if (found.length > 0 && !accept(",")) return { arguments: found, end: i, problem: expected("`,` or `)`") };
      if (found.length >= mostArguments)
        return { arguments: found, end: i, problem: { message: "it is too long", at: i } };
      const read = argument();
      if ("message" in read) return { arguments: found, end: i, problem: read };
      found.push(read);
    }
  }
  if (accept(",")) {
    // Another attribute follows in the same brackets.
    const close = text.slice(i, limit).search(/\]\]|[\r\n]/);
    if (close >= 0) i += close;
  }
  if (!accept("]]")) return { arguments: found, end: i, problem: expected("`]]`") };
  return { arguments: found, end: i, problem: null };
}
