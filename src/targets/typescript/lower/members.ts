// What TypeScript can call: functions, constructors and methods, each with its names there.
import { classMembers, functionMember, type Member } from "../../../c-abi/members.js";
import type { ExportedFunction, HandleInfo, Module } from "../../../model/module.js";
import { qualifiedName, type TypeOf } from "../../../types/derive.js";
import { classesByName, declaredTypes } from "../../../types/walk.js";
import { className, functionName, memberNamed, methodName } from "../names.js";
import { typescriptProblem } from "../types.js";

/** One of them, as the typed wrapper and the Node glue have it. */
export interface TypescriptMember extends Member {
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
  readonly make: TypescriptMember | null;
  readonly methods: readonly TypescriptMember[];
}

/** Those of a package's functions that TypeScript can call. */
export function functionMembers(module: Module): readonly TypescriptMember[] {
  return module.functions.filter(isCallable).map((exported) => namedFunction(functionMember(exported)));
}

/** Every class that a signature names, with its callable members. */
export function typescriptClasses(module: Module): readonly ClassMembers[] {
  const classes = classesByName(module);
  return declaredTypes(module).flatMap((type) => {
    if (type.kind !== "handle") return [];
    const { decl } = type;
    const { make = null, methods = [] } = classes.get(qualifiedName(decl)) ?? {};
    const members = classMembers({ decl, make, methods })
      .filter(({ exported }) => isCallable(exported))
      .map((member) => namedMember(member, decl));
    return [
      {
        decl,
        make: members.find(({ isConstructor }) => isConstructor) ?? null,
        methods: members.filter(({ isConstructor }) => !isConstructor),
      },
    ];
  });
}

/** Functions, then the members of each class. */
export function callableMembers(module: Module): readonly TypescriptMember[] {
  const classes = typescriptClasses(module).flatMap(({ make, methods }) => [
    ...(make === null ? [] : [make]),
    ...methods,
  ]);
  return [...functionMembers(module), ...classes];
}

/** Whether hosts see a function, and TypeScript has values for everything that it takes and returns. */
function isCallable({ parameters, returns, visibleToHosts }: ExportedFunction): boolean {
  return (
    visibleToHosts && [returns, ...parameters.map(({ type }) => type)].every((type) => typescriptProblem(type) === null)
  );
}

function namedFunction(member: Member): TypescriptMember {
  const name = functionName(member.exported);
  return { ...member, nativeName: name, label: name, name, named: member.exported, self: null };
}

function namedMember(member: Member, decl: HandleInfo): TypescriptMember {
  const owner = className(decl);
  if (member.isConstructor) {
    const named = { name: decl.name, hostName: owner };
    return { ...member, nativeName: `${owner}_new`, label: owner, name: null, named, self: null };
  }
  const name = methodName(member.exported);
  return {
    ...member,
    // A method `new` gets two underscores, which no C++ name of a user has: the constructor has the property with one.
    nativeName: name === "new" ? `${owner}__new` : `${owner}_${name}`,
    label: `${owner}.${name}`,
    name,
    named: memberNamed(decl, member.exported),
    self: { kind: "handle", decl },
  };
}
