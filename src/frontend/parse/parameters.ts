import type { Node } from "web-tree-sitter";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { ParameterDecl } from "../../model/declaration.js";
import { fieldOf } from "./fields.js";
import { type Memory, moveParameter } from "./memory.js";
import { type Context, readDeclarator, readType, textOf } from "./type.js";

/** The parameters of a function declarator. Those that cannot cross are reported and left out. */
export function readParameters(
  declarator: Node,
  context: Context,
  memory: Memory,
): { readonly parameters: readonly ParameterDecl[]; readonly diagnostics: readonly Diagnostic[] } {
  const parameters: ParameterDecl[] = [];
  const diagnostics: Diagnostic[] = [];
  const here = (node: Node) => context.places.span(context.base + node.startIndex, context.base + node.endIndex);
  for (const node of fieldOf(declarator, "parameters")?.children ?? []) {
    if (node.type === "..." || node.type.startsWith("variadic_parameter")) {
      diagnostics.push(
        report("TX1305", here(node), {
          message: "a variadic function cannot be exported",
          label: "how many arguments there are is not known",
          fix: "Take a `std::vector<torch::Tensor>` instead.",
        }),
      );
    } else if (node.type.endsWith("parameter_declaration")) {
      const read = remember(node, context, memory) ?? readParameter(node, context, here(node));
      if ("code" in read) diagnostics.push(read);
      else parameters.push(read);
    }
  }
  for (const parameter of parameters) {
    const start = parameter.span.start.offset;
    memory.parameters.set(context.file.slice(start, parameter.span.end.offset), { parameter, start });
  }
  const [only] = parameters;
  const isVoid = parameters.length === 1 && only?.name === null && only.type.spelling === "void";
  return { parameters: isVoid ? [] : parameters, diagnostics };
}

/** The parameter as it was read before, moved here; null where its text is new. */
function remember(node: Node, context: Context, memory: Memory): ParameterDecl | null {
  const start = context.base + node.startIndex;
  const known = memory.parameters.get(context.file.slice(start, context.base + node.endIndex));
  return known === undefined ? null : moveParameter(known.parameter, start - known.start, context.places);
}

function readParameter(node: Node, context: Context, span: ParameterDecl["span"]): ParameterDecl | Diagnostic {
  const declarator = readDeclarator(fieldOf(node, "declarator"), context);
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
  if (type.name === "auto") {
    return report("TX1301", span, {
      message: "a function with an `auto` parameter is a template, and cannot be exported",
      label: "left to the caller",
      fix: "Write the type out.",
    });
  }
  const value = fieldOf(node, "default_value");
  return { name, type, default: value === null ? null : defaultOf(value, context), span };
}

function defaultOf(value: Node, context: Context): NonNullable<ParameterDecl["default"]> {
  const raw = context.file.slice(context.base + value.startIndex, context.base + value.endIndex);
  const start = value.startIndex + (raw.length - raw.trimStart().length);
  const text = raw.trim();
  return { text, span: context.places.span(context.base + start, context.base + start + text.length) };
}
