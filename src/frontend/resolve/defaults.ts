// A default argument as text → a value that every host can write.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { DefaultRef } from "../../model/declaration.js";
import type { DefaultValue, Type, TypeId } from "../../model/module.js";
import { cppType } from "../../types/derive.js";
import { parseFloating, parseInteger, parseString } from "./literals.js";
import { namedConstant } from "./named.js";

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
      if (type.of.kind === "row" && type.of.id === "tensor") {
        return {
          diagnostic: notCarried(
            ref,
            "The default of an optional tensor is its absence.",
            "Write `torch::nullopt`, and fill it in inside the function.",
          ),
        };
      }
      return resolveDefault(ref, type.of);
    case "list":
      return readList(ref, text, type);
    case "dict":
      if (empty.test(text)) return { value: { kind: "emptyDict" } };
      return { diagnostic: notCarried(ref, "The default of a dictionary is the empty one.", "Write `{}`.") };
    case "tuple":
    case "record":
      return {
        diagnostic: notCarried(
          ref,
          `A ${type.kind === "tuple" ? "tuple" : "struct"} has no default.`,
          "Remove the default, or take the elements as parameters.",
        ),
      };
    case "enum":
      return readEntry(ref, text, type.decl.entries);
    case "row":
      return readers[type.id](text, ref);
    case "handle": {
      const pointer = cppType({ ...type, pointer: type.pointer ?? "shared" });
      const fix = `Remove the default; where there may be no object, take \`torch::optional<${pointer}>\`.`;
      return { diagnostic: notCarried(ref, "An object has no literal in the host languages.", fix) };
    }
    default:
      return { diagnostic: notCarried(ref) };
  }
}

/** `{}`, `{1, 2}`, `torch::IntArrayRef({1, 2})`; in an array, what is left out is zero. */
function readList(ref: DefaultRef, text: string, type: Extract<Type, { readonly kind: "list" }>): Read {
  const { of } = type;
  if (empty.test(text) && type.container !== "array") return { value: { kind: "emptyList" } };
  const inside = /^(?:[\w:]+(?:<[\w:<>, ]*>)?\s*\(?)?\s*\{([^{}"]*)\}\s*\)?$/.exec(text)?.[1];
  const isPlain = of.kind === "enum" || (of.kind === "row" && of.id !== "tensor");
  if (inside === undefined || !isPlain) {
    return {
      diagnostic: notCarried(
        ref,
        "The default of a list is the empty list, or numbers and names between braces.",
        "Write `{}`, and fill it in inside the function.",
      ),
    };
  }
  const items: DefaultValue[] = [];
  const parts = inside.trim() === "" ? [] : inside.split(",");
  if (type.container === "array") {
    if (parts.length > type.length) return { diagnostic: tooMany(ref, type.length) };
    while (parts.length < type.length) parts.push("{}");
  }
  for (const part of parts) {
    const item = resolveDefault({ ...ref, text: part }, of);
    if ("diagnostic" in item) return item;
    items.push(item.value);
  }
  return { value: { kind: "list", items } };
}

function tooMany(ref: DefaultRef, length: number): Diagnostic {
  return report("TX1210", ref.span, {
    message: `the default ${quote(ref.text)} has more than ${length} elements`,
    fix: `Write at most ${length}.`,
  });
}

function readEntry(
  ref: DefaultRef,
  text: string,
  entries: readonly { readonly name: string; readonly value: string }[],
): Read {
  const name = /^(?:[\w:]*::)?(\w+)$/.exec(text)?.[1];
  const entry = entries.find((one) => one.name === name);
  if (entry !== undefined) return { value: { kind: "enum", entry: entry.name, value: entry.value } };
  return { diagnostic: notCarried(ref, "The default of an enum is one of its entries.", "Name one of them.") };
}

type Reader = (text: string, ref: DefaultRef) => Read;

/** An integer of so many bits. */
function integer(cpp: string, bits: bigint): Reader {
  return (text, ref) => {
    if (text === "{}") return { value: { kind: "int64", text: "0" } };
    const found = parseInteger(text);
    if (found === null) {
      if (parseFloating(text) === null) return { diagnostic: notCarried(ref) };
      return {
        diagnostic: report("TX1210", ref.span, {
          message: `the default ${quote(text)} is no integer`,
          label: `for an \`${cpp}\``,
          fix: "Write an integer, or take a `double`.",
        }),
      };
    }
    const limit = 2n ** (bits - 1n);
    if (found < -limit || found >= limit) {
      return {
        diagnostic: report("TX1210", ref.span, {
          message: `the default ${quote(text)} does not fit \`${cpp}\``,
          label: `at most ${limit - 1n}`,
          fix: `Write a number between ${-limit} and ${limit - 1n}.`,
        }),
      };
    }
    return { value: { kind: "int64", text: found.toString() } };
  };
}

/** `INFINITY`, `-std::numeric_limits<double>::infinity()`, `NAN`; null for what is neither. */
function parseNonFinite(text: string): number | null {
  const match =
    /^([+-]?)\s*(?:(?:::)?std::numeric_limits<\s*(?:double|float)\s*>::(infinity|quiet_NaN)\(\)|(INFINITY|HUGE_VALF?|NAN))$/.exec(
      text,
    );
  if (match === null) return null;
  if (match[2] === "quiet_NaN" || match[3] === "NAN") return Number.NaN;
  return match[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function real(cpp: string, largest: number): Reader {
  return (text, ref) => {
    if (text === "{}") return { value: { kind: "double", value: 0 } };
    const beyond = parseNonFinite(text);
    if (beyond !== null) return { value: { kind: "double", value: beyond } };
    const whole = parseInteger(text);
    const value = whole === null ? parseFloating(text) : Number(whole);
    if (value === null) return { diagnostic: notCarried(ref) };
    if (!(Math.abs(value) <= largest)) {
      return {
        diagnostic: report("TX1210", ref.span, {
          message: `the default ${quote(text)} does not fit \`${cpp}\``,
          fix: `Write a number below ${largest.toPrecision(2)}.`,
        }),
      };
    }
    return { value: { kind: "double", value } };
  };
}

/** A number or boolean, whichever it is written as. */
const scalar: Reader = (text, ref) => {
  if (text === "true" || text === "false") return { value: { kind: "bool", value: text === "true" } };
  const inner = /^(?:::)?(?:(?:torch|at|c10)::)?Scalar\s*[({]\s*(.*?)\s*[)}]$/u.exec(text)?.[1] ?? text;
  return parseInteger(inner) === null ? readers.double(inner, ref) : readers.int64(inner, ref);
};

function named(id: Parameters<typeof namedConstant>[0], example: string): Reader {
  return (text, ref) => {
    const name = namedConstant(id, text);
    if (name !== null) return { value: { kind: "named", name } };
    return { diagnostic: notCarried(ref, undefined, `Write one of libtorch's constants, such as \`${example}\`.`) };
  };
}

const none: Reader = (_text, ref) => ({ diagnostic: notCarried(ref) });

const readers: Readonly<Record<TypeId, Reader>> = {
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
  int64: integer("int64_t", 64n),
  int32: integer("int32_t", 32n),
  double: real("double", Number.MAX_VALUE),
  float: real("float", 3.4028234663852886e38),
  scalar,
  dtype: named("dtype", "torch::kFloat32"),
  device: named("device", "torch::kCPU"),
  layout: named("layout", "torch::kStrided"),
  memoryFormat: named("memoryFormat", "torch::MemoryFormat::Contiguous"),
  generator: none,
  pointer: none,
  void: none,
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
