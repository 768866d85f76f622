// Every exported function, constructor and method of a package, with the key by which all targets refer to it.
import type { FunctionKey } from "../model/description.js";
import type { ExportedClass, ExportedFunction, HandleInfo, Module } from "../model/module.js";
import { qualifiedName } from "../types/derive.js";
import { constructorSymbol, functionSymbol, methodSymbol } from "./names.js";

/** One of them. */
export interface Member {
  /** Its C symbol. */
  readonly key: FunctionKey;
  readonly exported: ExportedFunction;
  /** The class of a constructor or method; null for a function. */
  readonly owner: HandleInfo | null;
  readonly isConstructor: boolean;
}

/** Free functions in order, then the members of each class. */
export function membersOf({ functions, classes }: Pick<Module, "functions" | "classes">): readonly Member[] {
  return [...functions.map(functionMember), ...classes.flatMap(classMembers)];
}

export function functionMember(exported: ExportedFunction): Member {
  return { key: functionSymbol(exported.name), exported, owner: null, isConstructor: false };
}

/** The exported constructor, if there is one, and the methods. */
export function classMembers({
  decl,
  make,
  methods,
}: Pick<ExportedClass, "decl" | "make" | "methods">): readonly Member[] {
  const constructors = make === null ? [] : [make];
  return [
    ...constructors.map((exported) => ({
      key: constructorSymbol(decl.name),
      exported,
      owner: decl,
      isConstructor: true,
    })),
    ...methods.map((exported) => ({
      key: methodSymbol(decl.name, exported),
      exported,
      owner: decl,
      isConstructor: false,
    })),
  ];
}

/** `myext::scale`, `myext::Counter::add`; `myext::Counter` for its constructor. */
export function memberTitle({ exported, owner, isConstructor }: Member): string {
  if (owner === null) return qualifiedName(exported);
  return isConstructor ? qualifiedName(owner) : `${qualifiedName(owner)}::${exported.name}`;
}
