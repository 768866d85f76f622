/** What a pair of braces is. Annotated functions count in namespaces and linkage blocks alone. */
type ScopeKind = "global" | "namespace" | "anonymous" | "linkage" | "class" | "block";

/** A pair of braces and those around it. A linked list, since `#if` goes back to an earlier state. */
export interface Scope {
  readonly kind: ScopeKind;
  /** `["a", "b"]` for `namespace a::b`. */
  readonly names: readonly string[];
  readonly outer: Scope | null;
  readonly depth: number;
  /** For a brace inside a statement that goes on after it: how many ( and [ were open, or -1 for none. Else 0. */
  readonly brackets: number;
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

/** The innermost thing around a declaration that keeps it from being called from elsewhere; null where nothing does. */
export function obstacleOf(scope: Scope): Exclude<ScopeKind, "global" | "namespace"> | null {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    if (at.kind !== "global" && at.kind !== "namespace") return at.kind;
  }
  return null;
}

/** Whether declarations of the file's own level stand here. */
export function isOpen(scope: Scope): boolean {
  return scope.kind !== "class" && scope.kind !== "block";
}

const longestHeader = 1000;

/** The scope that a brace opens after `header`, the text of its statement so far. */
export function scopeAfter(header: string, outer: Scope): Scope {
  const opened = (kind: ScopeKind, names: readonly string[] = []): Scope => ({
    kind,
    names,
    outer,
    depth: outer.depth + 1,
    brackets: 0,
  });
  if (outer.kind === "block" || header.length > longestHeader) return opened("block");
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
  return opened(isClass && !/(?:\)|\bconst|\bnoexcept|\boverride)$/.test(text) ? "class" : "block");
}
