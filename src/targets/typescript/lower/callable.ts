// One function, constructor or method of the typed wrapper.

import { localNames } from "../../../c-abi/lower/calls.js";
import type { FunctionKey } from "../../../model/description.js";
import type { ExportedFunction, Parameter, Type } from "../../../model/module.js";
import { call, type Expression, type Field, type Statement, string, verbatim } from "../../../print/expression.js";
import { tsLiteral } from "../literals.js";
import { optionName, optionsInterface, parameterName, resultField, resultInterface } from "../names.js";
import { holdsIntegers, holdsOwners, typescriptRow } from "../types.js";
import { readerOf } from "./converters.js";
import type { TypescriptInterface } from "./declarations.js";
import { describeFunction, describeInterface, describeOption, type JsDoc } from "./jsdoc.js";
import type { TypescriptMember } from "./members.js";
import { elementOf, returnResult } from "./result.js";
import { tsNativeParameterType, tsNativeResultType, tsParameterType, tsResultType } from "./type-names.js";

export interface TypescriptParameter {
  readonly name: string;
  readonly type: string;
  /** What it is where it is left out; null where it must be given. */
  readonly default: string | null;
}

/** A method of the native object. */
export interface NativeMethod {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returns: string;
}

/** A signature that callers see in place of the implementation's. */
export interface TypescriptOverload {
  /** As they are printed: `options?: { bigint?: false }`. */
  readonly parameters: readonly string[];
  readonly returns: string;
}

export interface TypescriptCallable {
  readonly key: FunctionKey;
  /** `constructor` where it makes an object. */
  readonly name: string;
  readonly doc: JsDoc;
  readonly overloads: readonly TypescriptOverload[];
  readonly parameters: readonly TypescriptParameter[];
  /** Null for a constructor. */
  readonly returns: string | null;
  readonly options: TypescriptInterface | null;
  readonly result: TypescriptInterface | null;
  readonly body: readonly Statement[];
  readonly method: NativeMethod;
  /** Whether tensors and objects are passed to the native function a second time, only to stay alive. */
  readonly keepsAlive: boolean;
}

/** The option by which a caller asks for bigints. */
const BIGINT = "bigint";

/** Whether the result has integers and no user option already has the name that requests bigints. */
export function offersBigints({ exported, name }: Pick<TypescriptMember, "exported" | "name">): boolean {
  const isTaken = exported.parameters.some(
    (parameter) => parameter.default !== null && optionName(parameter.name) === BIGINT,
  );
  return name !== null && holdsIntegers(exported.returns) && !isTaken;
}

export function lowerCallable(nativeName: string, member: TypescriptMember): TypescriptCallable {
  const { exported, label } = member;
  const { parameters } = exported;
  const optional = parameters.filter((parameter) => parameter.default !== null);
  const names = parameters.map((parameter) => parameterName(parameter.name));
  const local = localNames([...names, "options"]);
  const bigint = offersBigints(member) ? local(BIGINT) : null;
  const alive = parameters.some(({ type }) => isNested(type)) ? local("alive") : null;
  const native = call(`native().${member.nativeName}`, ...argumentsOf(nativeName, member, alive));
  const scope = { nativeName, label, bigint, local };
  const returned: readonly Statement[] =
    member.name === null
      ? [{ kind: "run", value: call("super", verbatim("object.secret"), verbatim(label), native) }]
      : returnResult(exported, native, scope);
  return {
    key: member.key,
    name: member.name ?? "constructor",
    doc: describeFunction(member, bigint !== null),
    ...signatureOf(member, bigint !== null),
    options: optional.length > 0 ? lowerOptions(member, optional) : null,
    result: lowerResult(member),
    body: [
      ...(optional.length > 0 || bigint !== null ? [readOptions(label, optional, bigint)] : []),
      ...(alive === null
        ? []
        : [{ kind: "declare" as const, type: "const", name: `${alive}: unknown[]`, value: verbatim("[]") }]),
      ...returned,
    ],
    method: nativeMethod(member, names),
    keepsAlive: keepsAlive(member),
  };
}

/** Whether what native code reads of it is somewhere inside, where only its reader sees it. */
function isNested(type: Type): boolean {
  return holdsOwners(type) && type.kind !== "row" && type.kind !== "handle";
}

function keepsAlive({ exported, self }: TypescriptMember): boolean {
  return self !== null || exported.parameters.some(({ type }) => holdsOwners(type));
}

/** What the native function gets: a value per parameter, and after them all that must stay alive. */
function argumentsOf(nativeName: string, member: TypescriptMember, alive: string | null): readonly Expression[] {
  const { exported, label } = member;
  const read = (type: Type, value: string, said: string): Expression => {
    const kept = isNested(type) && alive !== null ? [verbatim(alive)] : [];
    return call(readerOf(nativeName, type), verbatim(value), string(label), string(said), ...kept);
  };
  const direct = exported.parameters.filter(({ type }) => holdsOwners(type) && !isNested(type));
  return [
    ...(member.self === null ? [] : [read(member.self, "this", "this")]),
    ...exported.parameters.map((parameter) => {
      const name = parameterName(parameter.name);
      return read(parameter.type, name, parameter.default === null ? name : optionName(parameter.name));
    }),
    ...(member.self === null ? [] : [verbatim("this")]),
    ...direct.map((parameter) => verbatim(parameterName(parameter.name))),
    ...(alive === null ? [] : [verbatim(alive)]),
  ];
}

type Signature = Pick<TypescriptCallable, "overloads" | "parameters" | "returns">;

function signatureOf(member: TypescriptMember, bigints: boolean): Signature {
  const { exported, named } = member;
  const required = exported.parameters
    .filter((parameter) => parameter.default === null)
    .map(({ name, type }) => ({ name: parameterName(name), type: tsParameterType(type), default: null }));
  const own = required.length < exported.parameters.length ? optionsInterface(named) : null;
  const returns = (form: "number" | "bigint" | "number | bigint"): string => {
    if (exported.returnNames === null) return tsResultType(exported.returns, form);
    const name = resultInterface(named);
    return holdsIntegers(exported.returns) && form !== "number" ? `${name}<${form}>` : name;
  };
  const options = (type: string): TypescriptParameter => ({ name: "options", type, default: "{}" });
  if (!bigints) {
    return {
      overloads: [],
      parameters: [...required, ...(own === null ? [] : [options(own)])],
      returns: member.name === null ? null : returns("number"),
    };
  }
  const type = (asked: string): string => (own === null ? `{ ${asked} }` : `${own} & { ${asked} }`);
  const before = required.map((parameter) => `${parameter.name}: ${parameter.type}`);
  return {
    overloads: [
      { parameters: [...before, `options?: ${type("bigint?: false")}`], returns: returns("number") },
      { parameters: [...before, `options: ${type("bigint: true")}`], returns: returns("bigint") },
    ],
    parameters: [...required, options(type("bigint?: boolean"))],
    returns: returns("number | bigint"),
  };
}

function nativeMethod(member: TypescriptMember, names: readonly string[]): NativeMethod {
  const { nativeName, exported, self } = member;
  const local = localNames(names);
  const parameters = exported.parameters.map(
    ({ name, type }) => `${parameterName(name)}: ${tsNativeParameterType(type)}`,
  );
  return {
    name: nativeName,
    parameters: [
      ...(self === null ? [] : [`${local("self")}: number`]),
      ...parameters,
      ...(keepsAlive(member) ? [`...${local("alive")}: readonly unknown[]`] : []),
    ],
    returns: tsNativeResultType(exported.returns),
  };
}

function lowerOptions(
  { exported, named, label }: TypescriptMember,
  optional: readonly Parameter[],
): TypescriptInterface {
  const fields = optional.map((parameter) => ({
    name: optionName(parameter.name),
    type: tsParameterType(parameter.type),
    isOptional: true,
    doc: describeOption(exported, parameter),
  }));
  return {
    name: optionsInterface(named),
    isGeneric: false,
    doc: describeInterface(label, "What {} takes by name."),
    fields,
  };
}

function lowerResult({ exported, named, label }: TypescriptMember): TypescriptInterface | null {
  const { returns, returnNames } = exported;
  if (returnNames === null) return null;
  const isGeneric = holdsIntegers(returns);
  const fields = returnNames.map((name, index) => ({
    name: resultField(name),
    type: tsResultType(elementOf(returns, index), isGeneric ? "Integer" : "number"),
    isOptional: false,
    doc: null,
  }));
  const doc = describeInterface(label, exported.doc?.returns || "What {} returns.");
  return { name: resultInterface(named), isGeneric, doc, fields };
}

/** `const { decay = 0.9 } = argument.options(options, "leakyStep", ["decay"]);` */
function readOptions(label: string, optional: readonly Parameter[], bigint: string | null): Statement {
  const field = (property: string, local: string, value: string): Field => {
    const withDefault = `${local} = ${value}`;
    const name = property === local ? withDefault : property;
    return { name, value: verbatim(withDefault) };
  };
  const fields = [
    ...optional.map((parameter) => {
      const value = parameter.default === null ? "undefined" : tsLiteral(parameter.default, parameter.type);
      return field(optionName(parameter.name), parameterName(parameter.name), value);
    }),
    ...(bigint === null ? [] : [field(BIGINT, bigint, "false")]),
  ];
  const known = [...optional.map((parameter) => optionName(parameter.name)), ...(bigint === null ? [] : [BIGINT])];
  return {
    kind: "destructure",
    pattern: { kind: "object", fields },
    value: call("argument.options", verbatim("options"), string(label), { kind: "array", items: known.map(string) }),
  };
}

/** Whether the result namespace is needed for it. */
export function convertsResult({ returns, returnNames }: ExportedFunction): boolean {
  const converts = (type: Type): boolean => {
    const row = typescriptRow(type);
    if (row !== null) return row.convert !== null;
    if (type.kind === "tuple") return type.of.some(converts);
    return type.kind === "optional" || type.kind === "list" ? converts(type.of) : true;
  };
  return (returnNames !== null && returns.kind === "list") || converts(returns);
}
