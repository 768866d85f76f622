// What is said about types that cannot be exported.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { AliasDecl, TypeRef } from "../../model/declaration.js";
import type { Type } from "../../model/module.js";
import type { Span } from "../../model/span.js";
import { cppType } from "../../types/derive.js";
import type { DerivationProblem } from "../../types/rules.js";
import { templateNames } from "../../types/templates.js";
import type { Role } from "./place.js";

type Passing = Pick<TypeRef, "isConst" | "reference">;

/** What stands where a name should, and is none. */
export function noName(name: string, span: Span): Diagnostic {
  return report("TX1002", span, {
    message: `${quote(name)} is a word that C++ has another use for, and no name`,
    fix: `Call it otherwise: ${quote(`${name}_`)}, say.`,
  });
}

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
  const owner = ownerProblem(ref, type, passing, role);
  if (owner !== null) return owner;
  if (role === "parameter" && type.kind === "handle" && type.pointer === undefined) return null;
  if (reference === "*") {
    const pointee = type.kind === "row" && type.id === "void" ? "void*" : plain;
    return report("TX1203", ref.span, {
      message: `${quote(ref.spelling)} is a pointer, whose owner and length do not cross the C ABI`,
      fix: role === "result" ? `Return \`${pointee}\`.` : `Take \`${pointee}\`.`,
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

/** Why an object, or a smart pointer to one, would have no owner, or two; null where that is clear. */
function ownerProblem(ref: TypeRef, type: Type, { reference }: Passing, role: Role): Diagnostic | null {
  if (type.kind !== "handle") return null;
  const object = cppType({ kind: "handle", decl: type.decl });
  if (role === "parameter" && type.pointer === "unique") {
    return report("TX1221", ref.span, {
      message: `${quote(ref.spelling)} would take the object away from the host, which goes on to hold it`,
      fix: `Take \`${object}&\`, or \`std::shared_ptr<${object}>\` where C++ keeps the object beyond the call.`,
    });
  }
  if (role !== "result" || type.pointer !== undefined || (reference !== "*" && reference !== "&")) return null;
  return report("TX1220", ref.span, {
    message: `nobody knows who would own the object behind ${quote(ref.spelling)}`,
    label: "the host would free it",
    note: `A host owns what it gets: a ${reference === "*" ? "pointer" : "reference"} into another object would be freed twice, or outlive that object.`,
    fix: `Return \`std::unique_ptr<${object}>\` for a new object, \`std::shared_ptr<${object}>\` for one that C++ holds on to as well, or \`${object}\` for a copy.`,
  });
}

/** A smart pointer to what is no class. */
export function pointerToNoClass(ref: TypeRef, of: Type, at: Span, role: Role): Diagnostic {
  const plain = cppType(of);
  const isPointer = of.kind === "handle";
  return report("TX1221", at, {
    message: isPointer
      ? `${quote(ref.spelling)} is a pointer to a pointer`
      : `${quote(ref.spelling)} points at what is no class, and crosses by value`,
    ...(of.kind === "record"
      ? {
          note: "A struct that braces can make crosses field by field. With an annotated constructor or method it crosses behind a handle, and may be shared.",
        }
      : {}),
    fix: role === "parameter" ? `Take \`const ${plain}&\`.` : `${role === "result" ? "Return" : "Hold"} \`${plain}\`.`,
  });
}

/** Why a struct cannot hold a value of the type; null where it can. */
export function field(ref: TypeRef, type: Type): Diagnostic | null {
  if (type.kind === "handle" && type.pointer === "unique") {
    return report("TX1221", ref.span, {
      message: `${quote(ref.spelling)} is a field, which is copied where its struct crosses`,
      fix: `Hold \`${cppType({ ...type, pointer: "shared" })}\`.`,
    });
  }
  return viewProblem(ref, type, "field");
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
    ...(type.kind === "handle" && what === "const"
      ? { note: "C++ and the host share the object itself, and the host calls whatever is annotated in its class." }
      : {}),
    fix: `Write \`${cppType(type)}\`.`,
  });
}

/** A template whose arguments it cannot hold here. */
export function notDerived(ref: TypeRef, type: Type, problem: DerivationProblem, at: Span): Diagnostic {
  const code = { container: "TX1206", key: "TX1218", libtorch: "TX1218", size: "TX1222", unique: "TX1221" } as const;
  return report(code[problem.code], at, {
    message: `${quote(ref.spelling)} ${problem.what}`,
    fix: mendDerived(type, problem),
  });
}

function mendDerived(type: Type, problem: DerivationProblem): string {
  if (problem.code === "unique") return "Hold a `std::shared_ptr`, which may be made of a `std::unique_ptr`.";
  if (type.kind === "optional" && type.of.kind === "optional") return `Write \`${cppType(type.of)}\`.`;
  if (type.kind === "dict" && problem.code === "key") return `Use \`std::map<std::string, ${cppType(type.value)}>\`.`;
  if (type.kind === "dict") return `Use \`${cppType({ ...type, container: "unorderedMap" })}\`.`;
  if (type.kind === "list" && (problem.code === "libtorch" || problem.code === "size"))
    return `Use \`${cppType({ kind: "list", of: type.of })}\`.`;
  return `Use a \`${templateNames.vector}\` that holds the values.`;
}

/** A `std::array` whose length is no number. */
export function arrayLength(ref: TypeRef, written: string, at: Span): Diagnostic {
  return report("TX1222", at, {
    message: `the length of ${quote(ref.spelling)} cannot be read from here`,
    label: `${quote(written)} is no number`,
    note: "Other languages are told how many elements they pass and get, and no constant or expression is worked out here.",
    fix: `Write it as a number, such as \`3\`, or use \`std::vector<${ref.args[0]?.spelling}>\`.`,
  });
}

/** @param wanted how many template arguments there must be; null for one or more */
export function argumentCount(ref: TypeRef, wanted: number | null, at: Span): Diagnostic {
  const name = quote(ref.name);
  const found = ref.args.length === 0 ? "none" : String(ref.args.length);
  const words = wanted === null ? "at least one" : (["no", "one", "two"][wanted] ?? String(wanted));
  const [first] = ref.args;
  const example = ref.name.endsWith("array")
    ? `${ref.name}<double, 3>`
    : /_ptr$/u.test(ref.name)
      ? `${ref.name}<${first?.spelling ?? "T"}>`
      : wanted === 2
        ? `${ref.name}<std::string, torch::Tensor>`
        : `${ref.name}<torch::Tensor>`;
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
