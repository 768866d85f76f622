// A type as it is written → a type that is known.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { AliasDecl, TypeRef } from "../ir/declaration.js";
import type { Type } from "../ir/module.js";
import type { Span } from "../ir/span.js";
import { isSupported } from "../types/registry.js";
import type { Meaning, Scopes } from "./lookup.js";
import * as refusals from "./refusals.js";

/** Where a type stands, and who looks. */
export interface TypePlace {
  readonly scopes: Scopes;
  readonly namespace: readonly string[];
  /** The file whose declarations are seen. */
  readonly file: string;
  readonly role: "parameter" | "result";
  /** Takes a finding. */
  readonly add: (diagnostic: Diagnostic) => void;
  /** What was reported once and is not again: aliases in a cycle, places of `std::optional`. */
  readonly reported: Set<string>;
}

/** A known type with what its spelling, aliases included, says about references. */
export interface Resolved {
  readonly type: Type;
  readonly isConst: boolean;
  readonly reference: TypeRef["reference"];
  /** How many rows it is made of. */
  readonly size: number;
}

/** How far into a type a look-up is. */
interface Walk extends TypePlace {
  /** Aliases that are being followed, outermost first. */
  readonly open: readonly AliasDecl[];
  readonly depth: number;
  /** Where findings stand: for what an alias holds, where the alias is used. */
  readonly at: Span;
  /** Counts every look-up of one type, since aliases of tuples of aliases grow without end. */
  readonly steps: { left: number };
}

/** Elements in a tuple, nested ones counted; levels of nesting; look-ups for one type. */
const largest = 64;
const deepest = 16;
const mostSteps = 1000;

/**
 * Looks a type up; findings go to `place.add`.
 *
 * @returns null where it is not supported
 */
export function resolveType(ref: TypeRef, place: TypePlace): Resolved | null {
  const found = walkType(ref, { ...place, open: [], depth: 0, at: ref.span, steps: { left: mostSteps } });
  if (found === null) return null;
  const problem = refusals.crossing(ref, found.type, found, place.role);
  return problem === null ? found : refuse(problem, place);
}

function refuse(diagnostic: Diagnostic, place: TypePlace): null {
  place.add(diagnostic);
  return null;
}

function walkType(ref: TypeRef, walk: Walk): Resolved | null {
  walk.steps.left--;
  if (walk.steps.left <= 0 || walk.depth > deepest) return refuseSize(ref, walk);
  const meaning = walk.scopes.find(ref.name, walk.namespace, walk.file);
  const own = { isConst: ref.isConst, reference: ref.reference };
  switch (meaning?.kind) {
    case undefined:
      return refuse(refusals.unknownType(ref, walk.at, walk.role, walk.open[0]), walk);
    case "row":
      if (ref.args.length > 0) return refuse(refusals.argumentCount(ref, "no", walk.at), walk);
      return { type: { kind: "row", id: meaning.id }, size: 1, ...own };
    case "alias":
      return followAlias(meaning.alias, ref, walk);
    case "template": {
      const found = derive(meaning, ref, walk);
      return found === null ? null : { ...found, ...own };
    }
  }
}

/** Says once per type that it is too large, and ends its look-up. */
function refuseSize(ref: TypeRef, walk: Walk): null {
  if (walk.steps.left > Number.NEGATIVE_INFINITY) walk.add(refusals.tooLarge(ref, walk.at, largest, deepest));
  walk.steps.left = Number.NEGATIVE_INFINITY;
  return null;
}

function derive(meaning: Extract<Meaning, { kind: "template" }>, ref: TypeRef, walk: Walk) {
  if (meaning.of !== "tuple" && ref.args.length !== 1) return refuse(refusals.argumentCount(ref, "one", walk.at), walk);
  if (ref.args.length === 0) return refuse(refusals.argumentCount(ref, "at least one", walk.at), walk);
  if (ref.args.length > largest) return refuseSize(ref, walk);
  const types: Type[] = [];
  let size = 0;
  for (const arg of ref.args) {
    const element = walkElement(arg, walk);
    if (element === null) continue;
    types.push(element.type);
    size += element.size;
  }
  if (types.length < ref.args.length) return null;
  if (size > largest) return refuseSize(ref, walk);
  const [first] = types;
  const type: Type | null =
    meaning.of === "tuple"
      ? { kind: "tuple", of: types }
      : first === undefined
        ? null
        : { kind: meaning.of, of: first };
  if (type === null || !isSupported(type)) return refuse(refusals.notDerived(ref, meaning.of, first, walk.at), walk);
  if (meaning.name === "std::optional") warnOnce(ref, walk);
  return { type, size };
}

function warnOnce(ref: TypeRef, walk: Walk): void {
  const key = `${ref.span.file}:${ref.span.start.offset}`;
  if (walk.reported.has(key)) return;
  walk.reported.add(key);
  walk.add(refusals.stdOptional(ref));
}

function walkElement(arg: TypeRef, walk: Walk): Resolved | null {
  const at = walk.open.length === 0 ? arg.span : walk.at;
  const found = walkType(arg, { ...walk, depth: walk.depth + 1, at });
  if (found === null || (found.reference === "" && !found.isConst)) return found;
  return refuse(refusals.element(arg, found.type, found, at), walk);
}

function followAlias(alias: AliasDecl, ref: TypeRef, walk: Walk): Resolved | null {
  if (walk.open.includes(alias)) {
    const key = (one: AliasDecl) => `alias ${one.span.file}:${one.span.start.offset} ${one.name}`;
    if (!walk.reported.has(key(alias))) walk.add(refusals.aliasCycle(alias, walk.open));
    for (const one of walk.open) walk.reported.add(key(one));
    return null;
  }
  if (ref.args.length > 0) return refuse(refusals.argumentCount(ref, "no", walk.at), walk);
  const inside = {
    namespace: alias.namespace,
    file: alias.span.file,
    open: [...walk.open, alias],
    depth: walk.depth + 1,
  };
  const found = walkType(alias.type, { ...walk, ...inside });
  if (found === null) return null;
  // `const` in front of an alias of a reference says nothing, as in C++.
  const isConst = found.reference === "" ? found.isConst || ref.isConst : found.isConst;
  return { ...found, isConst, reference: found.reference || ref.reference };
}
