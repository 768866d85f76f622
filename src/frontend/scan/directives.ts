// Preprocessor lines, as far as they decide which braces count. Every branch of an `#if` is read, each from the state before the
// `#if`, so that braces which two branches open and one `}` closes are counted once. `#if 0` is not read at all.
import { type Branch, conditionAt, learnMacro, type NamespaceMacros } from "./conditions.js";
import type { Scope } from "./scope.js";

interface State {
  readonly scope: Scope;
  readonly brackets: number;
}

/** The open `#if`s, innermost last, each with the branch that is read; and what `#define`s say of namespaces. */
export interface Directives {
  readonly open: { readonly before: State; readonly rest: "read" | "skip"; branch: Branch }[];
  readonly macros: NamespaceMacros;
}

export function newDirectives(): Directives {
  return { open: [], macros: { openers: new Set(), closers: new Set() } };
}

/** The innermost branch of an `#if` that is open. */
export const branchOf = ({ open }: Directives): Branch | null => open.at(-1)?.branch ?? null;

/** After a directive: its line break, those after a backslash and inside block comments apart. */
function directiveEnd(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) {
      i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1;
    } else if (code === 10) {
      return i;
    } else if (code === 47 && text.charCodeAt(i + 1) === 42) {
      const close = text.indexOf("*/", i + 2);
      if (close < 0) return text.length;
      i = close + 1;
    }
  }
  return text.length;
}

const branch = /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b/;

/** The start of the line that ends the dead branch which begins at `start`: its `#else`, `#elif` or `#endif`. */
function deadEnd(text: string, start: number): number {
  let nested = 0;
  let line = start;
  while (line < text.length) {
    const found = text.indexOf("\n", line);
    const next = found < 0 ? text.length : found + 1;
    const word = branch.exec(text.slice(line, Math.min(next, line + 200)))?.[1];
    if (word !== undefined) {
      if (word.startsWith("if")) nested++;
      else if (nested === 0) return line;
      else if (word === "endif") nested--;
    }
    line = next;
  }
  return text.length;
}

/**
 * Reads the directive whose `#` is at `start`.
 *
 * @returns where reading goes on, and the state to go back to where a new branch of an `#if` begins
 */
export function directiveAt(
  text: string,
  start: number,
  directives: Directives,
  state: State,
): { readonly end: number; readonly restore: State | null } {
  const end = directiveEnd(text, start);
  const match = /^#[ \t]*([a-z]+)[ \t]*([^\r\n]{0,80})/.exec(text.slice(start, Math.min(end, start + 200)));
  const word = match?.[1] ?? "";
  const condition = (match?.[2] ?? "").replace(/\/[/*].*$/, "").trim();
  const never = /^(?:0|false|\(\s*0\s*\))$/.test(condition);
  const always = /^(?:1|true|\(\s*1\s*\))$/.test(condition);
  if (word === "if" || word === "ifdef" || word === "ifndef") {
    const known = conditionAt(
      { start, end },
      text.slice(start, Math.min(end, start + 300)),
      word === "if" && (never || always),
      text.slice(end, end + 1000),
    );
    directives.open.push({
      before: state,
      rest: word === "if" && always ? "skip" : "read",
      branch: { condition: known, index: 0, outer: branchOf(directives) },
    });
    return { end: word === "if" && never ? deadEnd(text, end) : end, restore: null };
  }
  if (word === "endif") {
    directives.open.pop();
    return { end, restore: null };
  }
  if (word === "else" || word.startsWith("elif")) {
    const current = directives.open.at(-1);
    if (current === undefined) return { end, restore: null };
    const { condition, outer } = current.branch;
    current.branch = { condition, index: condition.branches++, outer };
    if (word === "else") condition.hasElse = true;
    if (current.rest === "skip" || (word === "elif" && never)) return { end: deadEnd(text, end), restore: null };
    return { end, restore: current.before };
  }
  if (word === "define") learnMacro(text.slice(start, Math.min(end, start + 1000)), directives.macros);
  return { end, restore: null };
}
