// The JSDoc of generated functions, from the C++ doc comment. Printing escapes it and breaks the lines.
import type { ExportedFunction, Parameter, Type } from "../../../model/module.js";
import { qualifiedName } from "../../../types/derive.js";
import { tsLiteral } from "../literals.js";
import { optionName, parameterName, resultField } from "../names.js";
import type { TypescriptMember } from "./members.js";
import { rangesOf } from "./type-names.js";

export interface JsDoc {
  /** Text that the user wrote: Markdown, not escaped. */
  readonly text: string;
  readonly tags: readonly JsDocTag[];
}

export interface JsDocTag {
  readonly tag: "param" | "returns" | "throws";
  /** `TypeError`, of a throws tag. */
  readonly type: string | null;
  /** The parameter. */
  readonly name: string | null;
  readonly text: string;
}

/** `bigints`: whether a caller may ask for them. */
export function describeFunction({ exported, self, name }: TypescriptMember, bigints: boolean): JsDoc {
  const summary = renamed(exported, exported.doc?.summary ?? "");
  return {
    text: summary === "" ? `Calls \`${calledIn(exported, self, name)}\`.` : summary,
    tags: [
      ...exported.parameters
        .filter((parameter) => parameter.default === null)
        .flatMap((p) => describeRequired(exported, p)),
      ...exported.parameters
        .filter((parameter) => parameter.default !== null)
        .map((p) => describeDefaulted(exported, p)),
      ...(bigints ? [askForBigints] : []),
      ...(name === null ? [] : describeReturns(exported)),
      ...describeThrows(exported),
    ],
  };
}

const askForBigints: JsDocTag = {
  tag: "param",
  type: null,
  name: "options.bigint",
  text: "Whether 64-bit integers of the result come as bigints, of any size. Default false.",
};

/** A comment with the names that a caller in TypeScript knows: `new_h` of a code span is its parameter `newH`. */
function renamed({ parameters }: ExportedFunction, text: string): string {
  const names = new Map(
    parameters.map(({ name, default: value }) => [name, value === null ? parameterName(name) : optionName(name)]),
  );
  return text.replace(/(?<!`)`([A-Za-z_]\w*)`(?!`)/g, (span, name: string) => {
    const known = names.get(name);
    return known === undefined ? span : `\`${known}\``;
  });
}

function calledIn(
  { namespace, name, returns }: ExportedFunction,
  self: TypescriptMember["self"],
  member: string | null,
): string {
  if (self !== null) return `${qualifiedName(self.decl)}::${name}`;
  if (member === null && returns.kind === "handle") return qualifiedName(returns.decl);
  return [...namespace, name].join("::");
}

/** The comment of an enum, a record or a class. */
export function describeDeclared(decl: {
  readonly name: string;
  readonly namespace: readonly string[];
  readonly doc: string | null;
}): JsDoc {
  return { text: decl.doc ?? `\`${qualifiedName(decl)}\` of C++.`, tags: [] };
}

/** The comment of an interface of a function's own; `{}` in the text stands for the function. */
export function describeInterface(label: string, text: string): JsDoc {
  return { text: text.replace("{}", `\`${label}\``), tags: [] };
}

/** The comment of a field of the options object. */
export function describeOption(exported: ExportedFunction, parameter: Parameter): JsDoc {
  return { text: withDefault(exported, parameter), tags: [] };
}

function describeRequired(exported: ExportedFunction, parameter: Parameter): readonly JsDocTag[] {
  const text = renamed(exported, exported.doc?.params[parameter.name] ?? "");
  return text === "" ? [] : [{ tag: "param", type: null, name: parameterName(parameter.name), text }];
}

function describeDefaulted(exported: ExportedFunction, parameter: Parameter): JsDocTag {
  const name = `options.${optionName(parameter.name)}`;
  return { tag: "param", type: null, name, text: withDefault(exported, parameter) };
}

/** `how much of the state stays. Default 0.9.` */
function withDefault(exported: ExportedFunction, parameter: Parameter): string {
  const text = renamed(exported, exported.doc?.params[parameter.name] ?? "");
  if (parameter.default === null) return text;
  const end = text === "" ? "" : /[.!?]$/u.test(text) ? " " : ". ";
  return `${text}${end}Default ${tsLiteral(parameter.default, parameter.type)}.`;
}

function describeReturns(exported: ExportedFunction): readonly JsDocTag[] {
  const text = renamed(exported, exported.doc?.returns ?? "");
  const fields = exported.returnNames?.map(resultField).join(", ");
  const shape = fields === undefined ? "" : `\`{ ${fields} }\``;
  if (text === "" && shape === "") return [];
  const separator = text === "" || shape === "" ? "" : ": ";
  return [{ tag: "returns", type: null, name: null, text: shape + separator + text }];
}

function describeThrows(exported: ExportedFunction): readonly JsDocTag[] {
  const throwing = (type: string, text: string): JsDocTag => ({ tag: "throws", type, name: null, text });
  const result = isSingle(exported.returns) ? "the result" : "a value in the result";
  const resultRanges = [...new Set(rangesOf(exported.returns, "result"))].map((reason) => `${result} ${reason}`);
  const ranges = [...groupRanges(exported.parameters), ...resultRanges];
  return [
    ...(exported.parameters.length > 0 ? [throwing("TypeError", "where an argument has the wrong type.")] : []),
    ...(ranges.length > 0 ? [throwing("RangeError", `where ${ranges.join(", or ")}.`)] : []),
    throwing("Error", "with the message of the C++ exception, where it throws one."),
  ];
}

/** Whether what it holds is one value, or none. */
function isSingle(type: Type): boolean {
  return type.kind === "optional" ? isSingle(type.of) : type.kind === "row" || type.kind === "enum";
}

/** "`n` or `m` does not fit 64 bits": one sentence for all parameters of one reason. */
function groupRanges(parameters: readonly Parameter[]): readonly string[] {
  const byReason = new Map<string, Set<string>>();
  for (const parameter of parameters) {
    const name = parameter.default === null ? parameterName(parameter.name) : optionName(parameter.name);
    const said = isSingle(parameter.type) ? `\`${name}\`` : `a value in \`${name}\``;
    for (const reason of rangesOf(parameter.type, "parameter")) {
      byReason.set(reason, (byReason.get(reason) ?? new Set()).add(said));
    }
  }
  return [...byReason].map(([reason, names]) => `${[...names].join(" or ")} ${reason}`);
}
