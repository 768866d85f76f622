// The typed wrapper, ts/generated.ts: what a person calls, and the conversions around the native function.

import type { ExportedFunction, Module, Type } from "../../../model/module.js";
import { call, type Expression, type Field, string, verbatim } from "../../../print/expression.js";
import { className } from "../names.js";
import { holdsIntegers } from "../types.js";
import { convertsResult, lowerCallable, offersBigints, type TypescriptCallable } from "./callable.js";
import { type ConverterConstant, collectConverters } from "./converters.js";
import {
  lowerDeclarations,
  lowerInputs,
  type TypescriptEnum,
  type TypescriptInput,
  type TypescriptInterface,
} from "./declarations.js";
import { describeDeclared, type JsDoc } from "./jsdoc.js";
import { type ClassMembers, functionMembers, type TypescriptMember, typescriptClasses } from "./members.js";
import { typescriptImports } from "./type-names.js";

export type { NativeMethod, TypescriptCallable, TypescriptParameter } from "./callable.js";
export type { ConverterConstant } from "./converters.js";
export type { TypescriptEnum, TypescriptInput, TypescriptInterface } from "./declarations.js";

/** A class whose objects live in C++. */
export interface TypescriptClass {
  readonly name: string;
  readonly doc: JsDoc | null;
  /** Null where C++ exports no constructor. */
  readonly make: TypescriptCallable | null;
  readonly methods: readonly TypescriptCallable[];
}

export interface TypescriptModule {
  /** What is imported from the lib shim, types marked so, in the order in which linters sort it. */
  readonly imports: readonly string[];
  /** How the native object is loaded. */
  readonly load: Expression;
  readonly enums: readonly TypescriptEnum[];
  readonly records: readonly TypescriptInterface[];
  readonly inputs: readonly TypescriptInput[];
  readonly classes: readonly TypescriptClass[];
  readonly converters: readonly ConverterConstant[];
  readonly functions: readonly TypescriptCallable[];
}

/** @param interfaceHash what the loader compares with that of the native library */
export function lowerTypescript(module: Module, interfaceHash: string): TypescriptModule {
  const { nativeName } = module;
  const functions = functionMembers(module);
  const classes = typescriptClasses(module);
  const members = [
    ...functions,
    ...classes.flatMap(({ make, methods }) => (make === null ? methods : [make, ...methods])),
  ];
  const parameters = members.flatMap(({ exported }) => exported.parameters.map(({ type }) => type));
  const results = members.map(({ exported }) => exported.returns);
  const lowered = functions.map((member) => lowerCallable(nativeName, member));
  const lowerClass = ({ decl, make, methods }: ClassMembers): TypescriptClass => ({
    name: className(decl),
    doc: describeDeclared(decl),
    make: make === null ? null : lowerCallable(nativeName, make),
    methods: methods.map((member) => lowerCallable(nativeName, member)),
  });
  const fields: readonly Field[] = [
    { name: "name", value: string(nativeName) },
    { name: "package", value: string(module.packageName) },
    { name: "interface", value: string(interfaceHash) },
    { name: "url", value: verbatim("import.meta.url") },
  ];
  const converters = convertersOf(nativeName, members);
  const { enums, records } = lowerDeclarations(members.flatMap(({ exported }) => typesOf(exported)));
  const inputs = lowerInputs(parameters);
  const body = {
    enums,
    records,
    inputs,
    classes: classes.map(lowerClass),
    converters,
    functions: lowered,
  };
  return {
    imports: importsOf(
      members,
      [...typescriptImports(parameters, results), ...(inputs.length > 0 ? ["WithDefaults"] : [])],
      converters,
      body.classes,
    ),
    load: call("loadNative<Native>", { kind: "object", fields }),
    ...body,
  };
}

function typesOf({ parameters, returns }: ExportedFunction): readonly Type[] {
  return [...parameters.map(({ type }) => type), returns];
}

function convertersOf(nativeName: string, members: readonly TypescriptMember[]): readonly ConverterConstant[] {
  const converters = collectConverters(nativeName);
  for (const { exported, name, self } of members) {
    for (const { type } of exported.parameters) converters.addReader(type);
    if (self !== null) converters.addReader(self);
    // A constructor's result becomes the object itself.
    if (name === null) continue;
    // The elements of a tuple are converted one by one.
    const parts = exported.returns.kind === "tuple" ? flatten(exported.returns) : [exported.returns];
    for (const part of parts) {
      converters.addConverter(part, "number");
      if (holdsIntegers(part)) converters.addConverter(part, "bigint");
    }
  }
  return converters.constants;
}

function flatten(type: Type): readonly Type[] {
  return type.kind === "tuple" ? type.of.flatMap(flatten) : [type];
}

function importsOf(
  members: readonly TypescriptMember[],
  types: readonly string[],
  converters: readonly ConverterConstant[],
  classes: readonly TypescriptClass[],
): readonly string[] {
  const uses = (prefix: string): boolean => converters.some(({ name }) => name.startsWith(prefix));
  const names = [
    ...(uses("argument$") || members.some(takesArguments) ? ["argument"] : []),
    "loadNative",
    ...(classes.length > 0 ? ["object"] : []),
    ...(members.some((member) => member.name !== null && convertsResult(member.exported)) || uses("result$")
      ? ["result"]
      : []),
    ...types.map((name) => `type ${name}`),
  ];
  const key = (name: string): string => name.replace(/^type /u, "").toLowerCase();
  return names.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function takesArguments(member: TypescriptMember): boolean {
  return member.exported.parameters.length > 0 || offersBigints(member);
}
