import type { Node } from "web-tree-sitter";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quote, report } from "../diagnostics/report.js";
import type { ParameterDecl } from "../ir/declaration.js";
import { type Context, readDeclarator, readType, textOf } from "./type.js";

/** The parameters of a function declarator. Those that cannot cross are reported and left out. */
export function readParameters(
  declarator: Node,
  context: Context,
): { readonly parameters: readonly ParameterDecl[]; readonly diagnostics: readonly Diagnostic[] } {
  const parameters: ParameterDecl[] = [];
  const diagnostics: Diagnostic[] = [];
  const here = (node: Node) => context.places.span(context.base + node.startIndex, context.base + node.endIndex);
  for (const node of declarator.childForFieldName("parameters")?.children ?? []) {
    if (node.type === "..." || node.type.startsWith("variadic_parameter")) {
      diagnostics.push(
        report("TX1305", here(node), {
          message: "a variadic function cannot be exported",
          label: "how many arguments there are is not known",
          fix: "Take a `std::vector<torch::Tensor>` instead.",
        }),
      );
    } else if (node.type.endsWith("parameter_declaration")) {
      const read = readParameter(node, context, here(node));
      if ("code" in read) diagnostics.push(read);
      else parameters.push(read);
    }
  }
  const [only] = parameters;
  const isVoid = parameters.length === 1 && only?.name === null && only.type.spelling === "void";
  return { parameters: isVoid ? [] : parameters, diagnostics };
}

function readParameter(node: Node, context: Context, span: ParameterDecl["span"]): ParameterDecl | Diagnostic {
  const declarator = readDeclarator(node.childForFieldName("declarator"), context);
  const name = declarator.name === null ? null : textOf(declarator.name, context);
  if (declarator.isArray) {
    return report("TX1204", span, {
      message: `the parameter ${quote(name ?? textOf(node, context))} is an array, whose length does not cross`,
      label: "a pointer, to C++",
      fix: "Take a `torch::Tensor`, or a `std::vector<torch::Tensor>`.",
    });
  }
  const type = readType(node, declarator, context);
  if (type === null) {
    return report("TX1002", span, {
      message: "this parameter has no type that can be read",
      fix: "Write its type out; where a macro stands here, write out what it means.",
    });
  }
  const value = node.childForFieldName("default_value");
  return { name, type, default: value === null ? null : defaultOf(value, context), span };
}

function defaultOf(value: Node, context: Context): NonNullable<ParameterDecl["default"]> {
  const raw = context.file.slice(context.base + value.startIndex, context.base + value.endIndex);
  const start = value.startIndex + (raw.length - raw.trimStart().length);
  const text = raw.trim();
  return { text, span: context.places.span(context.base + start, context.base + start + text.length) };
}
