// The typed wrapper, ts/generated.ts: what a person calls, and the conversions around the native function.
import type { ExportedFunction, Module, Parameter, Type } from "../ir/module.js";
import {
  functionName,
  optionName,
  optionsInterface,
  parameterName,
  resultField,
  resultInterface,
} from "../names/typescript.js";
import {
  formOf,
  formsIn,
  holdsTensors,
  tsNativeParameterType,
  tsNativeResultType,
  tsParameterType,
  tsResultType,
} from "../types/derive.js";
import { localNames } from "./cpp.js";
import { hashInterface } from "./interface.js";
import { describeFunction, describeOption, type JsDoc } from "./jsdoc.js";
import { elementOf, returnResult } from "./result.js";
import { call, type Expression, type Field, type Statement, string, verbatim } from "./shared.js";
import { tsLiteral } from "./values.js";

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

export interface TypescriptInterface {
  readonly name: string;
  readonly doc: JsDoc | null;
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly isOptional: boolean;
    readonly doc: JsDoc | null;
  }[];
}

export interface TypescriptFunction {
  readonly name: string;
  readonly doc: JsDoc;
  readonly parameters: readonly TypescriptParameter[];
  readonly returns: string;
  readonly options: TypescriptInterface | null;
  readonly result: TypescriptInterface | null;
  readonly body: readonly Statement[];
  readonly method: NativeMethod;
  /** Whether tensors are passed to the native function a second time, only to stay alive. */
  readonly keepsAlive: boolean;
}

export interface TypescriptModule {
  /** What is imported from the lib shim, types marked so, in the order in which linters sort it. */
  readonly imports: readonly string[];
  /** How the native object is loaded. */
  readonly load: Expression;
  readonly functions: readonly TypescriptFunction[];
}

/** `functions` are those that hosts see. */
export function lowerTypescript(module: Module, functions: readonly ExportedFunction[]): TypescriptModule {
  const lowered = functions.map(lowerTypescriptFunction);
  const types = functions.flatMap((exported) => [exported.returns, ...exported.parameters.map(({ type }) => type)]);
  const imports = [
    ...(functions.some((exported) => exported.parameters.length > 0) ? ["argument"] : []),
    "loadNative",
    ...(functions.some(convertsResult) ? ["result"] : []),
    ...(types.some(holdsTensors) ? ["type Tensor"] : []),
  ];
  const fields: readonly Field[] = [
    { name: "name", value: string(module.nativeName) },
    { name: "package", value: string(module.packageName) },
    { name: "interface", value: string(hashInterface(module)) },
    { name: "url", value: verbatim("import.meta.url") },
  ];
  return { imports, load: call("loadNative<Native>", { kind: "object", fields }), functions: lowered };
}

function convertsResult(exported: ExportedFunction): boolean {
  const isNamedList = exported.returnNames !== null && exported.returns.kind === "list";
  return isNamedList || formsIn(exported.returns).some((form) => form.ts.convert !== null);
}

function lowerTypescriptFunction(exported: ExportedFunction): TypescriptFunction {
  const name = functionName(exported);
  const required = exported.parameters.filter((parameter) => parameter.default === null);
  const optional = exported.parameters.filter((parameter) => parameter.default !== null);
  const names = exported.parameters.map((parameter) => parameterName(parameter.name));
  const local = localNames([...names, "options"]);

  const { before, values } = convertArguments(exported.parameters, name, local);
  const alive = exported.parameters.filter((parameter) => holdsTensors(parameter.type));
  const called = call(
    `native().${name}`,
    ...values,
    ...alive.map((parameter) => verbatim(parameterName(parameter.name))),
  );
  const returns = exported.returnNames === null ? tsResultType(exported.returns) : resultInterface(exported);
  return {
    name,
    doc: describeFunction(exported),
    parameters: [
      ...required.map((parameter) => ({
        name: parameterName(parameter.name),
        type: tsParameterType(parameter.type),
        default: null,
      })),
      ...(optional.length > 0 ? [{ name: "options", type: optionsInterface(exported), default: "{}" }] : []),
    ],
    returns,
    options: optional.length > 0 ? lowerOptions(exported, optional) : null,
    result: lowerResult(exported),
    body: [
      ...(optional.length > 0 ? [readOptions(name, optional)] : []),
      ...before,
      ...returnResult(exported, name, called, local),
    ],
    method: {
      name,
      parameters: [
        ...exported.parameters.map(
          ({ name: cName, type }) => `${parameterName(cName)}: ${tsNativeParameterType(type)}`,
        ),
        ...(alive.length > 0 ? [`...${localNames(names)("alive")}: readonly unknown[]`] : []),
      ],
      returns: tsNativeResultType(exported.returns),
    },
    keepsAlive: alive.length > 0,
  };
}

function lowerOptions(exported: ExportedFunction, optional: readonly Parameter[]): TypescriptInterface {
  const fields = optional.map((parameter) => ({
    name: optionName(parameter.name),
    type: tsParameterType(parameter.type),
    isOptional: true,
    doc: describeOption(exported, parameter),
  }));
  return { name: optionsInterface(exported), doc: null, fields };
}

function lowerResult(exported: ExportedFunction): TypescriptInterface | null {
  const { returns, returnNames } = exported;
  if (returnNames === null) return null;
  const fields = returnNames.map((name, index) => ({
    name: resultField(name),
    type: tsResultType(elementOf(returns, index)),
    isOptional: false,
    doc: null,
  }));
  return { name: resultInterface(exported), doc: null, fields };
}

/** `const { decay = 0.9 } = argument.options(options, "leakyStep", ["decay"]);` */
function readOptions(name: string, optional: readonly Parameter[]): Statement {
  const fields = optional.map((parameter): Field => {
    const property = optionName(parameter.name);
    const local = parameterName(parameter.name);
    const withDefault = `${local} = ${parameter.default === null ? "undefined" : tsLiteral(parameter.default)}`;
    return property === local
      ? { name: withDefault, value: verbatim(withDefault) }
      : { name: property, value: verbatim(withDefault) };
  });
  const known: Expression = { kind: "array", items: optional.map((parameter) => string(optionName(parameter.name))) };
  return {
    kind: "destructure",
    pattern: { kind: "object", fields },
    value: call("argument.options", verbatim("options"), string(name), known),
  };
}

interface Converted {
  readonly before: readonly Statement[];
  readonly values: readonly Expression[];
}

function convertArguments(
  parameters: readonly Parameter[],
  functionLabel: string,
  local: (wanted: string) => string,
): Converted {
  const before: Statement[] = [];
  const convert = (type: Type, value: string, label: string, wanted: string): Expression => {
    const rest = [verbatim(value), string(functionLabel), string(label)];
    if (type.kind !== "tuple") return call(`argument.${formOf(type).ts.argument}`, ...rest);
    const elements = local(`${wanted}Elements`);
    const length = verbatim(String(type.of.length));
    before.push({ kind: "declare", type: "const", name: elements, value: call("argument.tuple", ...rest, length) });
    const items = type.of.map((element, index) =>
      convert(element, `${elements}[${index}]`, `${label}[${index}]`, `${wanted}${index}`),
    );
    return { kind: "array", items };
  };
  const values = parameters.map((parameter) => {
    const name = parameterName(parameter.name);
    const label = parameter.default === null ? name : optionName(parameter.name);
    return convert(parameter.type, name, label, name);
  });
  return { before, values };
}
