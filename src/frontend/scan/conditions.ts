// What the preprocessor decides and this reader does not: whether an annotated function behind an `#if` is there, and whether a macro
// opens a namespace around it. Both are told, since generated code calls the function in every build, by the name that is seen here.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { placeOf, quote, report } from "../../diagnostics/report.js";
import type { Span } from "../../model/span.js";
import type { Places } from "./lines.js";
import type { Range } from "./range.js";

/** An `#if` with its branches, those that were seen so far. */
export interface Condition extends Range {
  /** Whether what it decides is known: include guards, `#if 1`, `#ifdef __cplusplus`. */
  readonly isKnown: boolean;
  branches: number;
  hasElse: boolean;
}

/** One branch of an `#if`, and the one around it. */
export interface Branch {
  readonly condition: Condition;
  readonly index: number;
  readonly outer: Branch | null;
}

/** An annotated function or member that was read, and where. */
export interface Conditional {
  readonly name: string;
  readonly span: Span;
  readonly branch: Branch | null;
  /** The macro in front of it that looks as if it opened a namespace. */
  readonly opener: Range | null;
}

/** The condition whose directive is `text`, a constant or not, the rest of the file behind it being `after`. */
export function conditionAt(at: Range, text: string, isConstant: boolean, after: string): Condition {
  const guard = /^#[ \t]*if(?:ndef[ \t]+|[ \t]+![ \t]*defined[ \t]*\(?[ \t]*)(\w+)/.exec(text)?.[1];
  const defined = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*#[ \t]*define[ \t]+(\w+)/.exec(after)?.[1];
  const isKnown = isConstant || (guard !== undefined && guard === defined) || /\b__cplusplus\b/.test(text);
  return { ...at, isKnown, branches: 1, hasElse: false };
}

const mostLevels = 100;
const mostPeers = 100;

/**
 * What is said of functions that a condition may leave out, or a macro put into a namespace.
 *
 * @param others the branches in which something of a name is declared without annotation
 */
export function tellConditions(
  read: readonly Conditional[],
  others: (name: string) => readonly (Branch | null)[],
  text: string,
  places: Places,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const branches = new Map<string, (Branch | null)[]>();
  for (const { name, branch } of read) branches.set(name, [...(branches.get(name) ?? []).slice(0, mostPeers), branch]);
  for (const { name, span, branch, opener } of read) {
    const peers = branch === null ? [] : [...(branches.get(name) ?? []), ...others(name)].slice(0, mostPeers);
    const condition = decisive(branch, peers, text, places.path);
    if (condition !== null) found.push(conditional(name, span, condition, text, places));
    if (opener !== null) found.push(inMacro(name, span, opener, text, places));
  }
  return found;
}

/** The innermost condition that decides whether the function is there; null where one of every branch is. */
function decisive(
  branch: Branch | null,
  peers: readonly (Branch | null)[],
  text: string,
  path: string,
): Condition | null {
  let level = 0;
  for (let at = branch; at !== null && level < mostLevels; at = at.outer, level++) {
    const { condition } = at;
    if (condition.isKnown || isNvccs(text, condition, path)) continue;
    const covered = new Set(peers.map((peer) => indexIn(condition, peer)));
    covered.delete(-1);
    if (!condition.hasElse || covered.size < condition.branches) return condition;
  }
  return null;
}

function indexIn(condition: Condition, branch: Branch | null): number {
  let level = 0;
  for (let at = branch; at !== null && level < mostLevels; at = at.outer, level++) {
    if (at.condition === condition) return at.index;
  }
  return -1;
}

/** In a `.cu` file the compiler is nvcc. */
function isNvccs(text: string, { start, end }: Condition, path: string): boolean {
  return path.endsWith(".cu") && /\b__(?:CUDACC|NVCC)__\b/.test(text.slice(start, end));
}

function conditional(name: string, span: Span, { start, end }: Condition, text: string, places: Places): Diagnostic {
  const line =
    text
      .slice(start, Math.min(end, start + 80))
      .split(/\r?\n/)[0]
      ?.trim() ?? "";
  return report("TX1112", span, {
    message: `${quote(name)} is exported, and not there in every build`,
    label: "behind a condition",
    note: `Where ${quote(line)} at ${placeOf(places.span(start, end))} leaves it out, the link fails.`,
    fix: "Put the condition into its body, which throws where it has nothing to do; or write a function of that name for the other case.",
  });
}

function inMacro(name: string, span: Span, { start, end }: Range, text: string, places: Places): Diagnostic {
  const word = text.slice(start, end);
  return report("TX1113", span, {
    message: `${quote(name)} may be in a namespace that is not seen: ${quote(word)} at ${placeOf(places.span(start, end))} is a macro`,
    note: "Macros are not expanded. Generated code calls the function by the namespaces that are written out.",
    fix: `Write \`namespace … {\` in place of ${quote(word)}.`,
  });
}

/** Names of macros that open a namespace, or close one. */
export interface NamespaceMacros {
  readonly openers: Set<string>;
  readonly closers: Set<string>;
}

const definition = /^#[ \t]*define[ \t]+(\w+)(?:\([^)\n]*\))?([\s\S]*)$/;

/** Takes in a `#define` whose braces do not match. */
export function learnMacro(directive: string, { openers, closers }: NamespaceMacros): void {
  if (!/[{}]/.test(directive)) return;
  const [, name, body] = definition.exec(directive) ?? [];
  if (name === undefined || body === undefined) return;
  const surplus = body.split("{").length - body.split("}").length;
  if (surplus > 0 && /\bnamespace\b/.test(body)) openers.add(name);
  if (surplus < 0 && openers.size > 0) closers.add(name);
}

/** Whether the first word of a statement opens a namespace, closes one, or does neither, as far as its name and the file say. */
export function namespaceMacro(word: string, { openers, closers }: NamespaceMacros): "opens" | "closes" | null {
  if (openers.has(word)) return "opens";
  if (closers.has(word)) return "closes";
  if (!/^[A-Z0-9_]+$/.test(word) || !/NAMESPACE|(?:^|_)NS(?:_|$)/.test(word)) return null;
  if (/(?:^|_)(?:END|CLOSE|LEAVE|EXIT)(?:_|$)/.test(word)) return "closes";
  return /(?:^|_)(?:BEGIN|OPEN|START|ENTER)(?:_|$)/.test(word) ? "opens" : null;
}
