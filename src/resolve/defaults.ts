// A default argument as text → a value that every host can write.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quote, report } from "../diagnostics/report.js";
import type { DefaultRef } from "../ir/declaration.js";
import type { DefaultValue, Type, TypeId } from "../ir/module.js";
import { parseFloating, parseInteger, parseString } from "./literals.js";

type Read = { readonly value: DefaultValue } | { readonly diagnostic: Diagnostic };

const nullopt = /^(?:(?:::)?(?:torch|c10|at|std)::)?nullopt$/;
const empty = /^(?:\{\}|(?:[\w:]+(?:<[\w:<>, ]*>)?)(?:\{\}|\(\)))$/;

/** Reads a default for a parameter of this type. */
export function resolveDefault(ref: DefaultRef, type: Type): Read {
  const text = ref.text.trim();
  if (text.length > 10_000) return { diagnostic: notCarried(ref, "It is longer than what can be carried over.") };
  switch (type.kind) {
    case "optional":
      if (nullopt.test(text) || (empty.test(text) && !/Tensor(?:\(\)|\{\})$/.test(text)))
        return { value: { kind: "none" } };
      return {
        diagnostic: notCarried(
          ref,
          "The default of an optional is its absence.",
          "Write `torch::nullopt`, and fill it in inside the function.",
        ),
      };
    case "list":
      if (empty.test(text)) return { value: { kind: "emptyList" } };
      return {
        diagnostic: notCarried(
          ref,
          "The default of a list is the empty list.",
          "Write `{}`, and fill it in inside the function.",
        ),
      };
    case "tuple":
      return {
        diagnostic: notCarried(
          ref,
          "A tuple has no default.",
          "Remove the default, or take the elements as parameters.",
        ),
      };
    case "row":
      return readers[type.id]?.(text, ref) ?? { diagnostic: notCarried(ref) };
    default:
      return { diagnostic: notCarried(ref) };
  }
}

const readers: Readonly<Partial<Record<TypeId, (text: string, ref: DefaultRef) => Read>>> = {
  tensor: (_text, ref) => ({
    diagnostic: notCarried(
      ref,
      "A tensor has no literal in the host languages.",
      "Take `torch::optional<torch::Tensor>` with the default `torch::nullopt`, and make the tensor inside the function.",
    ),
  }),
  bool: (text, ref) => {
    if (text === "true" || text === "false") return { value: { kind: "bool", value: text === "true" } };
    if (text === "{}") return { value: { kind: "bool", value: false } };
    return { diagnostic: notCarried(ref, "Only `true` and `false` are carried over.", "Write `true` or `false`.") };
  },
  int64: (text, ref) => {
    if (text === "{}") return { value: { kind: "int64", text: "0" } };
    const integer = parseInteger(text);
    if (integer === null) {
      if (parseFloating(text) === null) return { diagnostic: notCarried(ref) };
      return {
        diagnostic: report("TX1210", ref.span, {
          message: `the default ${quote(text)} is no integer`,
          label: "for an `int64_t`",
          fix: "Write an integer, or take a `double`.",
        }),
      };
    }
    if (integer < -(2n ** 63n) || integer >= 2n ** 63n) {
      return {
        diagnostic: report("TX1210", ref.span, {
          message: `the default ${quote(text)} does not fit \`int64_t\``,
          label: "at most 9223372036854775807",
          fix: "Write a number between -9223372036854775808 and 9223372036854775807.",
        }),
      };
    }
    return { value: { kind: "int64", text: integer.toString() } };
  },
  double: (text, ref) => {
    if (text === "{}") return { value: { kind: "double", value: 0 } };
    const integer = parseInteger(text);
    const value = integer === null ? parseFloating(text) : Number(integer);
    if (value === null) return { diagnostic: notCarried(ref) };
    if (!Number.isFinite(value)) {
      return {
        diagnostic: report("TX1210", ref.span, {
          message: `the default ${quote(text)} does not fit \`double\``,
          fix: "Write a number below 1.8e308.",
        }),
      };
    }
    return { value: { kind: "double", value } };
  },
  string: (text, ref) => {
    if (text === "{}" || /^std::string(?:\{\}|\(\))$/.test(text)) return { value: { kind: "string", value: "" } };
    const inner = /^std::string\s*[({]\s*([\s\S]*?)\s*[)}]$/.exec(text)?.[1] ?? text;
    const value = parseString(inner);
    if (value === null)
      return { diagnostic: notCarried(ref, "Text without a zero byte, valid as UTF-8, is carried over.") };
    return { value: { kind: "string", value } };
  },
};

function notCarried(
  ref: DefaultRef,
  note = "The hosts get a default as a value, so that it must be a literal.",
  fix = "Write the value out as a literal, or remove the default.",
): Diagnostic {
  return report("TX1209", ref.span, {
    message: `the default ${quote(ref.text)} cannot be carried over to other languages`,
    label: "not a literal",
    note,
    fix,
  });
}
