// Each exported function at the C ABI and in C++: who owns each value, and the two layers that every package has.
import type { Column, Description, FunctionKey, Layer, Place, ValueForms } from "../model/description.js";
import type { HandleInfo, Module, Type } from "../model/module.js";
import type { CppSignature } from "../print/expression.js";
import type { PrintedFile } from "../print/printer.js";
import { cppType, cType, hasFamily, isByValue, isNothing, storedType, typeTitle } from "../types/derive.js";
import { declareFunction } from "./lower/calls.js";
import { type Member, membersOf, memberTitle } from "./members.js";
import { destructorSymbol, familyOf } from "./names.js";

/** What a function is, whatever its host: the rows of its table. */
export interface Outline {
  /** `myext::Counter::add`. */
  readonly title: string;
  readonly summary: string;
  /** The C++ name without its namespace. */
  readonly name: string;
  readonly values: readonly ValueOutline[];
}

/** A parameter, the object of a method, or the result. */
export interface ValueOutline {
  readonly name: string;
  /** The type in prose. */
  readonly title: string;
  /** Who owns the memory. */
  readonly memory: string;
}

/** The columns of the C ABI; the innermost layer has the title of the second. */
export const C: Column = { key: "c", title: "C" };
export const CPP: Column = { key: "cpp", title: "C++" };

/** The values of every exported function, in the order of `membersOf`. */
export function outlineFunctions(module: Module): ReadonlyMap<FunctionKey, Outline> {
  return new Map(membersOf(module).map((member) => [member.key, outline(module.nativeName, member)]));
}

/**
 * Describes the layers `C ABI` and `C++`.
 * @param files the printed files of the C ABI; null if a target prints that layer itself, as for torchexport-compatible packages
 */
export function describeCAbi(module: Module, files: readonly PrintedFile[] | null): Description {
  return {
    columns: [C, CPP],
    functions: new Map(
      membersOf(module).map((member) => [
        member.key,
        {
          layers: [...(files === null ? [] : [abiLayer(member, files)]), cppLayer(member)],
          forms: { [C.key]: formsOf(member, cType), [CPP.key]: formsOf(member, cppType) },
        },
      ]),
    ),
  };
}

/** The forms of a function's values, each by `formOf`. */
export function formsOf({ exported, owner, isConstructor }: Member, formOf: (type: Type) => string): ValueForms {
  return {
    self: owner === null || isConstructor ? null : formOf({ kind: "handle", decl: owner }),
    parameters: exported.parameters.map(({ type }) => formOf(type)),
    result: formOf(exported.returns),
  };
}

/** The places of a symbol in printed files. */
export function placesIn(files: readonly PrintedFile[], symbol: string): readonly Place[] {
  return files.flatMap(({ path, lines }) => {
    const line = lines.get(symbol);
    return line === undefined ? [] : [{ path, line, column: null }];
  });
}

/** The C function of a member. */
export function abiSignature({ key, exported, owner, isConstructor }: Member): CppSignature {
  const parameters = exported.parameters.map(({ name, type }) => ({ type: cType(type), name }));
  if (isConstructor) return { returns: "void*", name: key, parameters };
  const self = owner === null ? [] : [{ type: "void*", name: "self" }];
  return { returns: cType(exported.returns), name: key, parameters: [...self, ...parameters] };
}

/** `void* _scale(void* x, double by)`. */
export function signatureText({ returns, name, parameters }: CppSignature): string {
  return parametersText(`${returns} ${name}`, parameters);
}

function parametersText(before: string, parameters: CppSignature["parameters"]): string {
  return `${before}(${parameters.map(({ type, name }) => `${type} ${name}`).join(", ")})`;
}

function abiLayer(member: Member, files: readonly PrintedFile[]): Layer {
  const signature = signatureText(abiSignature(member));
  return { name: "C ABI", called: member.key, signature, places: placesIn(files, member.key), note: null };
}

function cppLayer({ exported, owner, isConstructor }: Member): Layer {
  const declared = declareFunction(exported);
  const { file, start } = exported.span;
  return {
    name: CPP.title,
    called: isConstructor ? (owner?.name ?? null) : exported.name,
    signature: isConstructor ? parametersText(`${owner?.name}`, declared.parameters) : signatureText(declared),
    places: [{ path: file, line: start.line, column: start.column }],
    note: null,
  };
}

function outline(nativeName: string, member: Member): Outline {
  const { exported, owner, isConstructor } = member;
  return {
    title: memberTitle(member),
    summary: exported.doc?.summary ?? "",
    name: exported.name,
    values: [
      ...(owner === null || isConstructor ? [] : [selfOutline(owner)]),
      ...exported.parameters.map(({ name, type }) => parameterOutline(nativeName, name, type)),
      resultOutline(nativeName, exported.returns),
    ],
  };
}

function selfOutline(owner: HandleInfo): ValueOutline {
  const title = typeTitle({ kind: "handle", decl: owner });
  return { name: "self", title, memory: "the caller's, borrowed for the call" };
}

function parameterOutline(nativeName: string, name: string, type: Type): ValueOutline {
  const borrowed = `the caller's, borrowed for the call${madeBy(nativeName, type)}`;
  return { name, title: typeTitle(type), memory: isByValue(type) ? "copied" : borrowed };
}

function resultOutline(nativeName: string, type: Type): ValueOutline {
  const owned = `a new handle, the caller's to free${freedBy(nativeName, type)}`;
  return { name: "result", title: typeTitle(type), memory: isNothing(type) ? "–" : isByValue(type) ? "copied" : owned };
}

function madeBy(nativeName: string, type: Type): string {
  const stored = storedType(type);
  if (!hasFamily(stored)) return "";
  const family = familyOf(nativeName, stored);
  const more = family.kind === "list" ? family.push : family.kind === "dict" ? family.set : null;
  return `; made by \`${family.new}\`${more === null ? "" : ` and \`${more}\``}`;
}

function freedBy(nativeName: string, type: Type): string {
  const stored = storedType(type);
  if (stored.kind === "handle") return ` with \`${destructorSymbol(stored.decl.name)}\``;
  return hasFamily(stored) ? ` with \`${familyOf(nativeName, stored).delete}\`` : "";
}
