// What hosts can call: functions, constructors and methods, each with its names.

import { constructorSymbol, functionSymbol, methodSymbol } from "../../../c-abi/names.js";
import type { ExportedClass, ExportedFunction, HandleInfo, Module } from "../../../model/module.js";
import { qualifiedName, type TypeOf } from "../../../types/derive.js";
import { classesByName, declaredTypes } from "../../../types/walk.js";
import { className, functionName, memberNamed, methodName } from "../names.js";
import { typescriptProblem } from "../problem.js";

/** One of them, as TypeScript and the Node glue see it. */
export interface Member {
  readonly exported: ExportedFunction;
  /** At the C ABI. */
  readonly symbol: string;
  /** The property of the native object. No name of a function has an underscore inside. */
  readonly nativeName: string;
  /** `leakyStep`, `Cell` for its constructor, `Cell.step`. */
  readonly label: string;
  /** The name of the function or method; null for a constructor. */
  readonly name: string | null;
  /** What its interfaces are named after. */
  readonly named: { readonly name: string; readonly hostName: string | null };
  /** The class on whose objects it is called; null for a function and a constructor. */
  readonly self: TypeOf<"handle"> | null;
}

/** A class with what it can do in TypeScript. */
export interface ClassMembers {
  readonly decl: HandleInfo;
  readonly make: Member | null;
  readonly methods: readonly Member[];
}

/** The functions that host languages see: `rcpp=FALSE` keeps one at the C ABI. */
export function hostFunctions(module: Module): readonly ExportedFunction[] {
  return module.functions.filter((exported) => exported.rcpp);
}

/** Those of a package's functions that TypeScript can call. */
export function functionMembers(module: Module): readonly Member[] {
  return hostFunctions(module).filter(isCallable).map(functionMember);
}

/** Every class that a signature names, with its exported members. */
export function classMembers(module: Module): readonly ClassMembers[] {
  const classes = classesByName(module);
  return declaredTypes(module).flatMap((type) => {
    if (type.kind !== "handle") return [];
    return [membersOfClass(type.decl, classes.get(qualifiedName(type.decl)) ?? null)];
  });
}

export function membersOf(module: Module): readonly Member[] {
  const classes = classMembers(module).flatMap(({ make, methods }) => [...(make === null ? [] : [make]), ...methods]);
  return [...functionMembers(module), ...classes];
}

/** Whether TypeScript has values for all that it takes and returns. */
export function isCallable({ parameters, returns }: ExportedFunction): boolean {
  return [returns, ...parameters.map(({ type }) => type)].every((type) => typescriptProblem(type) === null);
}

function functionMember(exported: ExportedFunction): Member {
  const name = functionName(exported);
  return {
    exported,
    symbol: functionSymbol(exported.name),
    nativeName: name,
    label: name,
    name,
    named: exported,
    self: null,
  };
}

function membersOfClass(decl: HandleInfo, exported: ExportedClass | null): ClassMembers {
  const owner = className(decl);
  const make = exported?.make ?? null;
  const seen = (exported?.methods ?? []).filter((method) => method.rcpp && isCallable(method));
  return {
    decl,
    make:
      make === null || !make.rcpp || !isCallable(make)
        ? null
        : {
            exported: make,
            symbol: constructorSymbol(decl.name),
            nativeName: `${owner}_new`,
            label: owner,
            name: null,
            named: { name: decl.name, hostName: owner },
            self: null,
          },
    methods: seen.map((method) => {
      const name = methodName(method);
      return {
        exported: method,
        symbol: methodSymbol(decl.name, method),
        // Behind two underscores, which no C++ name of a person's has, where a method is named as the constructor's property.
        nativeName: name === "new" ? `${owner}__new` : `${owner}_${name}`,
        label: `${owner}.${name}`,
        name,
        named: memberNamed(decl, method),
        self: { kind: "handle", decl },
      };
    }),
  };
}
