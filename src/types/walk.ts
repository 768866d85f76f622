// Every type of a module, those inside others too.
import type { ExportedClass, ExportedFunction, Module, Type } from "../model/module.js";
import { hasFamily, partsOf, qualifiedName, storedType, type TypeOf } from "./derive.js";

/** Calls `visit` for each type of each signature and for all that is inside it. `isParameter`: whether a value comes in. */
export function eachType(module: Module, visit: (type: Type, isParameter: boolean) => void): void {
  const enter = (type: Type, isParameter: boolean): void => {
    visit(type, isParameter);
    // Most types have none, and no iterator is made for those.
    const parts = partsOf(type);
    for (let i = 0; i < parts.length; i++) enter(parts[i] as Type, isParameter);
  };
  for (const exported of allFunctions(module)) {
    for (const parameter of exported.parameters) enter(parameter.type, true);
    enter(exported.returns, false);
  }
}

/** Free functions, then the exported members of classes. */
export function allFunctions({ functions, classes }: Module): readonly ExportedFunction[] {
  return [...functions, ...classes.flatMap(({ make, methods }) => [...(make === null ? [] : [make]), ...methods])];
}

export type FamilyType = TypeOf<"tuple" | "record" | "optional" | "list" | "dict">;

/** A type that a family of C functions carries, and whether hosts make values of it. */
export interface FamilyUse {
  readonly type: FamilyType;
  readonly isParameter: boolean;
}

/** Every type that has a family, once, in order of first use. `keyOf` is what two of one family have in common. */
export function familiesOf(module: Module, keyOf: (type: FamilyType) => string): readonly FamilyUse[] {
  const found = new Map<string, FamilyUse>();
  eachType(module, (whole, isParameter) => {
    const type = storedType(whole);
    if (!hasFamily(type)) return;
    const key = keyOf(type);
    found.set(key, { type, isParameter: isParameter || found.get(key)?.isParameter === true });
  });
  return [...found.values()];
}

/** The classes of which something is exported, by their qualified names. */
export function classesByName({ classes }: Module): ReadonlyMap<string, ExportedClass> {
  return new Map(classes.toReversed().map((exported) => [qualifiedName(exported.decl), exported]));
}

type Declared = TypeOf<"enum" | "record" | "handle">;

/** Every enum, struct and class that a signature names, those with exported members too, once, in order of first use. */
export function declaredTypes(module: Module): readonly Declared[] {
  const found = new Map<string, Declared>();
  const add = (type: Type): void => {
    if (type.kind === "handle") found.set(qualifiedName(type.decl), { kind: "handle", decl: type.decl });
    if (type.kind === "enum" || type.kind === "record") found.set(qualifiedName(type.decl), type);
  };
  for (const { decl } of module.classes) add({ kind: "handle", decl });
  eachType(module, add);
  return [...found.values()];
}
