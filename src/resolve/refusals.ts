// What is said about types that cannot be exported.
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type Finding, placeOf, quote, report } from "../diagnostics/report.js";
import type { AliasDecl, TypeRef } from "../ir/declaration.js";
import type { Type } from "../ir/module.js";
import type { Span } from "../ir/span.js";
import { cppType } from "../types/derive.js";
import type { DerivationProblem } from "../types/rules.js";
import { templateNames } from "../types/templates.js";
import type { Role } from "./place.js";
import { heldObject, type Suggestion, suggest } from "./suggest.js";

type Passing = Pick<TypeRef, "isConst" | "reference">;

/** Why a known type cannot cross in this way, as a pointer or a reference; null where it can. */
export function crossing(ref: TypeRef, type: Type, passing: Passing, role: Role): Diagnostic | null {
  const plain = cppType(type);
  const { isConst, reference } = passing;
  const view = viewProblem(ref, type, role);
  if (view !== null) return view;
  if (role === "parameter" && type.kind === "row" && type.id === "void" && reference !== "*") {
    return report("TX1206", ref.span, {
      message: `${quote(ref.spelling)} is no value that could be passed`,
      fix: "Remove the parameter.",
    });
  }
  if (reference === "*") {
    const pointee = type.kind === "row" && type.id === "void" ? "void*" : plain;
    return report("TX1203", ref.span, {
      message: `${quote(ref.spelling)} is a pointer, whose owner and length do not cross the C ABI`,
      fix: role === "result" ? `Return \`${pointee}\`.` : `Take \`${type.kind === "handle" ? `${plain}&` : pointee}\`.`,
    });
  }
  if (role === "result" && (reference !== "" || isConst)) {
    return report("TX1202", ref.span, {
      message: `a result crosses by value, and ${quote(ref.spelling)} is ${reference === "" ? "const" : "a reference"}`,
      fix: `Return \`${plain}\`.`,
    });
  }
  if (reference !== "&" || isConst || type.kind === "handle") return null;
  const inPlace = { note: "The data of a tensor can be changed in place through a const reference, too." };
  return report("TX1202", ref.span, {
    message: `${quote(ref.spelling)} is a reference through which the function could write to its caller`,
    ...(plain === "torch::Tensor" ? inPlace : {}),
    fix: `Take \`const ${plain}&\` or \`${plain}\`.`,
  });
}

/** A view as a result, or inside a struct: what it looks at would be gone. */
function viewProblem(ref: TypeRef, type: Type, role: Role): Diagnostic | null {
  const list = type.kind === "optional" ? type.of : type;
  if (role === "parameter" || list.kind !== "list" || list.container !== "arrayRef") return null;
  const owned = cppType({ kind: "list", of: list.of });
  return report("TX1217", ref.span, {
    message: `${quote(ref.spelling)} is a view, and what it looks at would not outlive the call`,
    fix: `${role === "result" ? "Return" : "Hold"} \`${owned}\`.`,
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
    ...(suggestion?.note === undefined ? [] : [suggestion.note]),
  ];
  const bare = ref.spelling.replace(/^const |&+$/gu, "");
  const words = nearestWords(suggestion, ref, role);
  return report("TX1201", at, {
    message: `${quote(ref.spelling)} is not a type that can be exported`,
    ...words,
    ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
    fix: `${words.fix} To carry it over by hand, run ${quote(`torch-extension type "${bare}"`)}.`,
  });
}

function nearestWords(suggestion: Suggestion | null, ref: TypeRef, role: Role): Pick<Finding, "label" | "fix"> {
  const verb = { result: "Return", parameter: "Take", field: "Hold" }[role];
  if (suggestion === null) {
    return {
      label: "not supported",
      fix: `${verb} one of the supported types, such as a tensor that holds the same data, or a struct or class that is defined in a header below csrc/include/.`,
    };
  }
  const held = suggestion.spelling === heldObject ? (ref.args[0]?.spelling ?? heldObject) : null;
  const spelling = held === null ? completed(suggestion.spelling, ref) : role === "parameter" ? `const ${held}&` : held;
  return { label: `nearest: \`${spelling}\``, fix: `${verb} \`${spelling}\`.` };
}

/** The suggestion with the arguments that were written: `std::tuple<torch::Tensor, double>` for a pair. */
function completed(spelling: string, ref: TypeRef): string {
  if (spelling.includes("<") || !/(?:optional|vector|tuple|map)$/.test(spelling)) return spelling;
  const held = spelling.endsWith("vector") || spelling.endsWith("optional") ? ref.args.slice(0, 1) : ref.args;
  const args = held.map((arg) => arg.spelling).join(", ");
  return `${spelling}<${args === "" || args.length > 80 ? "torch::Tensor" : args}>`;
}

/** A template whose arguments it cannot hold here. */
export function notDerived(ref: TypeRef, type: Type, problem: DerivationProblem, at: Span): Diagnostic {
  return report(problem.code === "container" ? "TX1206" : "TX1218", at, {
    message: `${quote(ref.spelling)} ${problem.what}`,
    fix: mendDerived(type, problem),
  });
}

function mendDerived(type: Type, problem: DerivationProblem): string {
  if (type.kind === "optional" && type.of.kind === "optional") return `Write \`${cppType(type.of)}\`.`;
  if (type.kind === "dict" && problem.code === "key") return `Use \`std::map<std::string, ${cppType(type.value)}>\`.`;
  if (type.kind === "dict") return `Use \`${cppType({ ...type, container: "unorderedMap" })}\`.`;
  if (type.kind === "list" && problem.code === "libtorch") return `Use \`${cppType({ kind: "list", of: type.of })}\`.`;
  return `Use a \`${templateNames.vector}\` that holds the values.`;
}

/** @param wanted how many template arguments there must be; null for one or more */
export function argumentCount(ref: TypeRef, wanted: number | null, at: Span): Diagnostic {
  const name = quote(ref.name);
  const found = ref.args.length === 0 ? "none" : String(ref.args.length);
  const words = wanted === null ? "at least one" : (["no", "one", "two"][wanted] ?? String(wanted));
  const example = wanted === 2 ? `${ref.name}<std::string, torch::Tensor>` : `${ref.name}<torch::Tensor>`;
  return report("TX1207", at, {
    message: `${name} takes ${words} template argument${wanted === 1 || wanted === null ? "" : "s"}, and has ${found} here`,
    fix: wanted === 0 ? `Write ${name}.` : `Write what it holds, such as ${quote(example)}.`,
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
