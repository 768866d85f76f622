// C++ that more than one target needs: declarations of the package's functions, and how their arguments are passed.
import type { ExportedFunction, Parameter } from "../../model/module.js";
import { freshName } from "../../naming/words.js";
import { type CppDeclarations, type CppSignature, call, type Expression } from "../../print/expression.js";
import { cppType } from "../../types/derive.js";
import { headerOf } from "./declared.js";

/**
 * Declarations without default arguments; neighbours of one namespace share its block. What a header below csrc/include
 * declares is left to that header.
 */
export function declareFunctions(functions: readonly ExportedFunction[]): readonly CppDeclarations[] {
  const blocks: { namespace: readonly string[]; functions: CppSignature[] }[] = [];
  for (const exported of functions) {
    if (headerOf(exported.span.file) !== null) continue;
    const last = blocks.at(-1);
    const signature = declareFunction(exported);
    if (last?.namespace.join("::") === exported.namespace.join("::")) last.functions.push(signature);
    else blocks.push({ namespace: exported.namespace, functions: [signature] });
  }
  return blocks;
}

/** The function as C++ declares it. Spellings are canonical, so they do not need a user-owned header. */
export function declareFunction(exported: ExportedFunction): CppSignature {
  const parameters = exported.parameters.map(({ spelling, name }) => ({ type: spelling, name }));
  return { returns: exported.returnsSpelling, name: exported.name, parameters };
}

/** `::myext::leaky_step`: qualified, since argument-dependent lookup would find functions of `at` too. */
export function calledName(exported: ExportedFunction): string {
  return ["", ...exported.namespace, exported.name].join("::");
}

/** An argument as the parameter takes it: `value` is borrowed; a parameter `T&&` gets a copy of its own, one `T*` the address. */
export function passArgument({ spelling, type }: Pick<Parameter, "spelling" | "type">, value: Expression): Expression {
  if (spelling.endsWith("*") && type.kind === "handle") return call("&", value);
  return spelling.endsWith("&&") ? call(cppType(type), value) : value;
}

/** Gives names that are neither in `taken` or `others` nor were given before. `others`, which may be many, is not copied. */
export function localNames(
  taken: Iterable<string>,
  others: ReadonlySet<string> = new Set(),
): (wanted: string) => string {
  const used = new Set(taken);
  return (wanted) => {
    const name = freshName(wanted, { has: (one) => used.has(one) || others.has(one) });
    used.add(name);
    return name;
  };
}
