// A type as it is written → a type that is known.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { AliasDecl, TypeRef } from "../../model/declaration.js";
import type { Type } from "../../model/module.js";
import type { Span } from "../../model/span.js";
import { cppType, qualifiedName } from "../../types/derive.js";
import { derivationProblem } from "../../types/rules.js";
import { instantiate, templateArity } from "../../types/templates.js";
import { describeEnum, describeRecord, describeTuple } from "./declared.js";
import { parseInteger } from "./literals.js";
import type { Meaning } from "./lookup.js";
import type { Resolved, TypePlace } from "./place.js";
import * as refusals from "./refusals.js";
import { unknownType } from "./unknown.js";

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
  const registered = walk.registered.find(ref, (name) => fullName(walk.scopes.find(name, walk.namespace, walk.file)));
  if (registered !== null) return { ...registered, size: 1 };
  const meaning = walk.scopes.find(ref.name, walk.namespace, walk.file);
  const own = { isConst: ref.isConst, reference: ref.reference };
  if (meaning === null)
    return refuse(unknownType(ref, walk.scopes.suggest(ref.name), walk.at, walk.role, walk.open[0]), walk);
  if (meaning.kind === "template") {
    const found = derive(meaning, ref, walk);
    return found === null ? null : { ...found, ...own };
  }
  if (ref.args.length > 0) return refuse(refusals.argumentCount(ref, 0, walk.at), walk);
  switch (meaning.kind) {
    case "type":
      return isVoidPointer(meaning.type, ref)
        ? { type: { kind: "row", id: "pointer" }, size: 1, isConst: false, reference: "" }
        : { type: meaning.type, size: 1, ...own };
    case "alias":
      return followAlias(meaning.decl, ref, walk);
    case "enum": {
      const found = describeEnum(meaning.decl, ref, walk);
      return found === null ? null : { type: found, size: 1, ...own };
    }
    case "record": {
      const found = describeRecord(meaning.decl, ref, walk, resolveField);
      return found === null ? null : { type: found, size: 1, ...own };
    }
  }
}

/** What a name is called where nothing is open; null for one that is not known. */
function fullName(meaning: Meaning | null): string | null {
  if (meaning === null) return null;
  switch (meaning.kind) {
    case "template":
      return meaning.name;
    case "type":
      return cppType(meaning.type);
    default:
      return `::${qualifiedName(meaning.decl)}`;
  }
}

function isVoidPointer(type: Type, ref: TypeRef): boolean {
  return type.kind === "row" && type.id === "void" && ref.reference === "*" && !ref.isConst;
}

/** The type of a struct's field, which crosses by value: looked up where the struct stands, its findings told there. */
function resolveField(ref: TypeRef, place: TypePlace): Resolved | null {
  const found = walkElement(ref, { ...place, open: [], depth: 0, at: ref.span, steps: { left: mostSteps } });
  const problem = found === null ? null : refusals.field(ref, found.type);
  return problem === null ? found : refuse(problem, place);
}

/** Says once per type that it is too large, and ends its look-up. */
function refuseSize(ref: TypeRef, walk: Walk): null {
  if (walk.steps.left > Number.NEGATIVE_INFINITY) walk.add(refusals.tooLarge(ref, walk.at, largest, deepest));
  walk.steps.left = Number.NEGATIVE_INFINITY;
  return null;
}

function derive(meaning: Extract<Meaning, { kind: "template" }>, ref: TypeRef, walk: Walk) {
  const arity = templateArity[meaning.of];
  if (arity !== null && ref.args.length !== arity) return refuse(refusals.argumentCount(ref, arity, walk.at), walk);
  if (ref.args.length === 0) return refuse(refusals.argumentCount(ref, null, walk.at), walk);
  if (ref.args.length > largest) return refuseSize(ref, walk);
  const length = meaning.of === "array" ? readLength(ref, walk) : 0;
  if (length === null) return null;
  const types: Type[] = [];
  let size = 0;
  const held = meaning.of === "array" ? ref.args.slice(0, 1) : ref.args;
  for (const arg of held) {
    const element = walkElement(arg, walk);
    if (element === null) continue;
    types.push(element.type);
    size += element.size;
  }
  if (types.length < held.length) return null;
  if (size > largest) return refuseSize(ref, walk);
  const type = instantiate(meaning.of, types, length);
  if (type === null) {
    const [of] = types;
    return of === undefined ? null : refuse(refusals.pointerToNoClass(ref, of, walk.at, walk.role), walk);
  }
  const problem = derivationProblem(type);
  if (problem !== null) return refuse(refusals.notDerived(ref, type, problem, walk.at), walk);
  if (meaning.name === "std::optional") warnOnce(ref, walk);
  return { type, size };
}

/** The second argument of a `std::array`, which generated code has to know as a number. */
function readLength(ref: TypeRef, walk: Walk): number | null {
  const written = ref.args[1]?.spelling ?? "";
  const length = parseInteger(written);
  if (length === null || length < 0n) return refuse(refusals.arrayLength(ref, written, walk.at), walk);
  return Number(length);
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
  const inside = {
    namespace: alias.namespace,
    file: alias.span.file,
    open: [...walk.open, alias],
    depth: walk.depth + 1,
  };
  const inner = walkType(alias.type, { ...walk, ...inside });
  if (inner === null) return null;
  const found =
    alias.fields === undefined ? inner : describeTuple({ ...alias, fields: alias.fields }, inner, ref, walk);
  if (found === null) return null;
  // `const` in front of an alias of a reference says nothing, as in C++.
  const isConst = found.reference === "" ? found.isConst || ref.isConst : found.isConst;
  return { ...found, isConst, reference: found.reference || ref.reference };
}
