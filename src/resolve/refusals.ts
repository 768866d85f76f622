// What is said about types that cannot be exported.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type Finding, placeOf, quote, report } from "../diagnostics/report.js";
import type { AliasDecl, TypeRef } from "../ir/declaration.js";
import type { Type } from "../ir/module.js";
import type { Span } from "../ir/span.js";
import { cppType } from "../types/derive.js";
import { isSupported } from "../types/registry.js";
import { type Suggestion, suggest, supportedSpellings } from "./suggest.js";

type Passing = Pick<TypeRef, "isConst" | "reference">;
type Role = "parameter" | "result";

/** Why a known type cannot cross in this way, as a pointer or a reference; null where it can. */
export function crossing(ref: TypeRef, type: Type, passing: Passing, role: Role): Diagnostic | null {
  const plain = cppType(type);
  const { isConst, reference } = passing;
  if (reference === "*") {
    return report("TX1203", ref.span, {
      message: `${quote(ref.spelling)} is a pointer, whose owner and length do not cross the C ABI`,
      fix: role === "result" ? `Return \`${plain}\`.` : `Take \`${plain}\`.`,
    });
  }
  if (role === "result" && (reference !== "" || isConst)) {
    return report("TX1202", ref.span, {
      message: `a result crosses by value, and ${quote(ref.spelling)} is ${reference === "" ? "const" : "a reference"}`,
      fix: `Return \`${plain}\`.`,
    });
  }
  if (reference !== "&" || isConst) return null;
  const inPlace = { note: "The data of a tensor can be changed in place through a const reference, too." };
  return report("TX1202", ref.span, {
    message: `${quote(ref.spelling)} is a reference through which the function could write to its caller`,
    ...(plain === "torch::Tensor" ? inPlace : {}),
    fix: `Take \`const ${plain}&\` or \`${plain}\`.`,
  });
}

/** A template argument that is a pointer, a reference or const. */
export function element(arg: TypeRef, type: Type, passing: Passing, at: Span): Diagnostic {
  const what = passing.reference === "*" ? "a pointer" : passing.reference === "" ? "const" : "a reference";
  return report(passing.reference === "*" ? "TX1203" : "TX1202", at, {
    message: `${quote(arg.spelling)} cannot be an element: it is ${what}`,
    fix: `Write \`${cppType(type)}\`.`,
  });
}

/** @param alias the outermost alias whose type it stands in */
export function unknownType(ref: TypeRef, at: Span, role: Role, alias: AliasDecl | undefined): Diagnostic {
  const suggestion = suggest(ref.name);
  const notes = [
    ...(alias === undefined ? [] : [`It stands in the alias ${quote(alias.name)} at ${placeOf(alias.span)}.`]),
    ...(suggestion === null
      ? [`Supported: ${supportedSpellings.map((spelling) => `\`${spelling}\``).join(", ")} of these.`]
      : []),
    ...(suggestion?.note === undefined ? [] : [suggestion.note]),
  ];
  return report("TX1201", at, {
    message: `${quote(ref.spelling)} is not a type that can be exported`,
    ...nearestWords(suggestion, ref, role),
    ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
  });
}

function nearestWords(suggestion: Suggestion | null, ref: TypeRef, role: Role): Pick<Finding, "label" | "fix"> {
  const verb = role === "result" ? "Return" : "Take";
  if (suggestion === null) {
    return {
      label: "not supported",
      fix: `${verb} one of the supported types, such as a tensor that holds the same data.`,
    };
  }
  const spelling = completed(suggestion.spelling, ref);
  return { label: `nearest: \`${spelling}\``, fix: `${verb} \`${spelling}\`.` };
}

/** The suggestion with the arguments that were written: `std::tuple<torch::Tensor, double>` for a pair. */
function completed(spelling: string, ref: TypeRef): string {
  if (spelling.includes("<") || !/(?:optional|vector|tuple)$/.test(spelling)) return spelling;
  const args = ref.args.map((arg) => arg.spelling).join(", ");
  return `${spelling}<${args === "" || args.length > 80 ? "torch::Tensor" : args}>`;
}

/** A template of a type of which that template is not supported. */
export function notDerived(
  ref: TypeRef,
  of: "optional" | "list" | "tuple",
  inner: Type | undefined,
  at: Span,
): Diagnostic {
  const name = inner === undefined || !isSupported(inner) ? null : cppType(inner);
  return report("TX1206", at, {
    message: `${quote(ref.spelling)} cannot be exported: ${of === "optional" ? "an optional" : "a vector"} holds tensors only`,
    ...(name === null ? {} : { label: `holds \`${name}\`` }),
    fix: of === "optional" ? mendOptional(inner, name) : mendList(inner),
  });
}

function mendOptional(inner: Type | undefined, name: string | null): string {
  return inner?.kind === "row" && name !== null
    ? `Take \`${name}\` with a default argument.`
    : "Use `torch::optional<torch::Tensor>`, or a `std::vector<torch::Tensor>` that may be empty.";
}

function mendList(inner: Type | undefined): string {
  const isNumber = inner?.kind === "row" && inner.id !== "string";
  return isNumber ? "Use a one-dimensional `torch::Tensor`." : "Use a `std::vector<torch::Tensor>`, or a tuple.";
}

export function argumentCount(ref: TypeRef, wanted: "no" | "one" | "at least one", at: Span): Diagnostic {
  const name = quote(ref.name);
  const found = ref.args.length === 0 ? "none" : String(ref.args.length);
  return report("TX1207", at, {
    message: `${name} takes ${wanted} template argument${wanted === "no" ? "s" : ""}, and has ${found} here`,
    fix: wanted === "no" ? `Write ${name}.` : `Write what it holds, such as ${quote(`${ref.name}<torch::Tensor>`)}.`,
  });
}

export function tooLarge(ref: TypeRef, at: Span, largest: number, deepest: number): Diagnostic {
  return report("TX1003", at, {
    message: `${quote(ref.spelling)} holds more than ${largest} elements, or is nested more than ${deepest} levels deep`,
    fix: "Use a `std::vector<torch::Tensor>`, or split the function.",
  });
}

export function stdOptional(ref: TypeRef): Diagnostic {
  return report("TX1208", ref.span, {
    message: "`std::optional` does not compile on libtorch 1.13",
    note: "There `c10::optional` is a class of its own; `torch::optional` is that one, and `std::optional` from libtorch 2 on.",
    fix: `Write ${quote(ref.spelling.replace(/(?:(?:::)?std::)?optional/, "torch::optional"))}.`,
  });
}

export function aliasCycle(alias: AliasDecl, open: readonly AliasDecl[]): Diagnostic {
  const chain = [...open.slice(open.indexOf(alias)), alias].map((one) => quote(one.name));
  return report("TX1205", alias.span, {
    message: `the alias ${quote(alias.name)} stands for itself`,
    note: `${chain.slice(0, 10).join(" is ")}.`,
    fix: "Let one of them name a type that exists.",
  });
}
