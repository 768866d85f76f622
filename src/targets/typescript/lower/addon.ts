// The Node-API glue: reads JavaScript values, calls the C ABI, and makes JavaScript values of what comes back.

import { localNames } from "../../../c-abi/lower/calls.js";
import {
  fixedSymbols,
  headersOnlyMacro,
  lastErrorClearSymbol,
  lastErrorSymbol,
  operatorsErrorSymbol,
} from "../../../c-abi/names.js";
import type { FunctionKey } from "../../../model/description.js";
import type { ExportedFunction, Module, Parameter } from "../../../model/module.js";
import { call, type Statement, verbatim } from "../../../print/expression.js";
import { cType, isNothing } from "../../../types/derive.js";
import { type Codec, codecOf, lowerCodecs } from "./codecs.js";
import { callableMembers, type TypescriptMember } from "./members.js";

/** One function of the glue. */
export interface AddonFunction {
  readonly key: FunctionKey;
  /** In C++. A prefix keeps it apart from what the C library has at global scope. */
  readonly name: string;
  /** The property of the native object. */
  readonly hostName: string;
  /** How many arguments it reads. */
  readonly arity: number;
  /** What messages call it. */
  readonly label: string;
  readonly body: readonly Statement[];
}

export interface Addon {
  readonly nativeName: string;
  readonly headersOnlyMacro: string;
  readonly operatorsErrorSymbol: string;
  readonly lastErrorSymbol: string;
  readonly lastErrorClearSymbol: string;
  /** How the types that are made of others cross. */
  readonly codecs: readonly Codec[];
  readonly functions: readonly AddonFunction[];
}

const leave = verbatim("nullptr");

export function lowerAddon(module: Module): Addon {
  const { nativeName } = module;
  const members = callableMembers(module);
  const codecs = lowerCodecs(
    nativeName,
    members.map(({ exported }) => exported),
  );
  const taken = new Set([
    ...["call", "package", "env", "info", "napi_value"],
    ...fixedSymbols(nativeName),
    ...codecs.map(({ name }) => name),
  ]);
  return {
    nativeName,
    headersOnlyMacro: headersOnlyMacro(nativeName),
    operatorsErrorSymbol: operatorsErrorSymbol(nativeName),
    lastErrorSymbol: lastErrorSymbol(nativeName),
    lastErrorClearSymbol: lastErrorClearSymbol(nativeName),
    codecs,
    functions: members.map((member) => lowerMember(nativeName, member, taken)),
  };
}

interface Input {
  readonly name: string;
  readonly codec: string;
  readonly type: string;
}

/** `taken`: what no variable may be called, since the body uses it. */
function lowerMember(nativeName: string, member: TypescriptMember, taken: ReadonlySet<string>): AddonFunction {
  const { exported, key } = member;
  const local = localNames([key], taken);
  const inputs: readonly Input[] = [
    ...(member.self === null ? [] : [{ name: local("self"), codec: codecOf(nativeName, member.self), type: "void*" }]),
    ...exported.parameters.map((parameter) => lowerInput(nativeName, parameter, local)),
  ];
  const called = call(key, ...inputs.map(({ name }) => verbatim(name)));
  return {
    key,
    name: `node${key}`,
    hostName: member.nativeName,
    arity: inputs.length,
    label: member.label,
    body: [
      ...inputs.map(
        ({ name, codec, type }, index): Statement => ({
          kind: "declare",
          type,
          name,
          value: call(`${codec}::read`, verbatim("call"), verbatim(`call[${index}]`)),
        }),
      ),
      ...(inputs.length > 0 ? [leaveIf("!call.ok()")] : []),
      ...callAndReturn(nativeName, exported, called, local("result")),
    ],
  };
}

function lowerInput(nativeName: string, { name, type }: Parameter, local: (wanted: string) => string): Input {
  return { name: local(name), codec: codecOf(nativeName, type), type: cType(type) };
}

function callAndReturn(
  nativeName: string,
  { returns }: ExportedFunction,
  called: ReturnType<typeof call>,
  result: string,
): readonly Statement[] {
  if (isNothing(returns)) {
    return [{ kind: "run", value: called }, leaveIf("call.failed()"), { kind: "return", value: leave }];
  }
  const written = call(`${codecOf(nativeName, returns)}::write`, verbatim("call"), verbatim(result));
  return [
    { kind: "declare", type: cType(returns), name: result, value: called },
    leaveIf("call.failed()"),
    { kind: "return", value: written },
  ];
}

function leaveIf(condition: string): Statement {
  return { kind: "leaveIf", condition: verbatim(condition), value: leave };
}
