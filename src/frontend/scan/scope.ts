import { type Header, readHeader } from "./header.js";
import type { Comment } from "./range.js";

/** What a pair of braces is. */
type ScopeKind = "global" | "namespace" | "anonymous" | "linkage" | "class" | "block";

/** `struct name … { … }`, or the enum of that form. What lies between the braces is read only where it is needed. */
export interface Body extends Header {
  /** Where its statement begins. */
  readonly start: number;
  /** Where its `{` stands. */
  readonly open: number;
  /** After its `}`; -1 where it has none. */
  end: number;
  readonly comments: readonly Comment[];
  /** Around it. */
  readonly outer: Scope;
}

/** A pair of braces and those around it. A linked list, since `#if` goes back to an earlier state. */
export interface Scope {
  readonly kind: ScopeKind;
  /** `["a", "b"]` for `namespace a::b`; a class' name. */
  readonly names: readonly string[];
  readonly outer: Scope | null;
  readonly depth: number;
  /** For a brace inside a statement that goes on after it: how many ( and [ were open, or -1 for none. Else 0. */
  readonly brackets: number;
  /** The type that the braces of a class or an enum declare. */
  readonly body?: Body;
  /** Who may use the members that are declared at this point of a class. */
  readonly access?: "public" | "protected" | "private";
}

export const globalScope: Scope = { kind: "global", names: [], outer: null, depth: 0, brackets: 0 };

/** How many braces deep a name may be declared. */
export const deepestScope = 200;

/** The namespace path of a scope, outermost first. Empty beyond `deepestScope`. */
export function namespaceOf(scope: Scope): readonly string[] {
  if (scope.depth > deepestScope) return [];
  const path: string[][] = [];
  for (let at: Scope | null = scope; at !== null; at = at.outer) path.push([...at.names]);
  return path.reverse().flat();
}

/** What around a declaration keeps it from being called from elsewhere, the innermost; a class where nothing else does. */
export function obstacleOf(scope: Scope): Exclude<ScopeKind, "global" | "namespace"> | null {
  let isMember = false;
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    if (at.kind === "class") isMember = true;
    else if (at.kind !== "global" && at.kind !== "namespace" && !(isMember && at.kind === "linkage")) return at.kind;
  }
  return isMember ? "class" : null;
}

/** Whether declarations of the file's own level stand here. */
export function isOpen(scope: Scope): boolean {
  return scope.kind !== "class" && scope.kind !== "block";
}

/** Whether what is declared here is seen from other files, under the name of a namespace or none. */
export function isNamespace(scope: Scope): boolean {
  return scope.kind === "global" || scope.kind === "namespace";
}

/** Braces in which nothing is looked for. */
export function blockIn(outer: Scope): Scope {
  return { kind: "block", names: [], outer, depth: outer.depth + 1, brackets: 0 };
}

const longestHeader = 1000;
/** What nearly every header is; names that are no names here are left to the longer way. */
const plainHeader =
  /^(namespace|struct|class|union|enum)[ \t]+(?!(?:class|struct|final|alignas|const|noexcept|override)\b)([A-Za-z_]\w*)\s*$/;

/** The scope that a brace at `open` opens after `header`, the text of its statement so far, which begins at `start`. */
export function scopeAfter(
  header: string,
  outer: Scope,
  place: Pick<Body, "start" | "open" | "comments"> = { start: 0, open: 0, comments: [] },
): Scope {
  const opened = (kind: ScopeKind, names: readonly string[] = []): Scope => ({
    kind,
    names,
    outer,
    depth: outer.depth + 1,
    brackets: 0,
  });
  if (outer.kind === "block" || header.length > longestHeader) return opened("block");
  const plain = plainHeader.exec(header);
  if (plain !== null) {
    const [, word = "", name = ""] = plain;
    if (word === "namespace") return opened("namespace", [name]);
    return classScope(opened("class", [name]), place, {
      ...{ keyword: word as Header["keyword"], name, qualifiers: [] },
      ...{ isTemplate: false, isTypedef: false, hasBase: false },
    });
  }
  const text = header
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ")
    .replace(/\[\[[^\]]*\]\]/g, " ")
    .trim();
  const space = /^(?:inline\s+)?namespace\b([\s\w:$\u0080-\uffff]*)/.exec(text);
  if (space !== null) {
    const names = (space[1] ?? "")
      .split("::")
      .map((part) => part.trim().split(/\s+/).at(-1) ?? "")
      .filter((name) => name !== "");
    return names.length === 0 ? opened("anonymous") : opened("namespace", names);
  }
  if (/^extern\s*"[^"]*"$/.test(text)) return opened("linkage");
  const isClass = /^(?:template\b[\s\S]*>\s*|typedef\s+)?(?:class|struct|union|enum)\b/.test(text);
  if (!isClass || /(?:\)|=|\bconst|\bnoexcept|\boverride)$/.test(text)) return opened("block");
  const found = readHeader(text);
  if (found === null) return opened("class");
  const names = [...found.qualifiers, ...(found.name === null ? [] : [found.name])];
  return classScope(opened("class", names), place, found);
}

function classScope(scope: Scope, place: Pick<Body, "start" | "open" | "comments">, found: Header): Scope {
  const body: Body = { ...found, ...place, end: -1, outer: scope.outer ?? globalScope };
  return { ...scope, body, access: found.keyword === "class" ? "private" : "public" };
}
