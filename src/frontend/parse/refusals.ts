// Declarations that are C++ and cannot be exported.
import type { Node } from "web-tree-sitter";
import type { Code } from "../../diagnostics/codes.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { report } from "../../diagnostics/report.js";
import type { Span } from "../../model/span.js";
import type { Range } from "../scan/range.js";
import type { Annotated } from "../scan/scan.js";
import { deepestScope, obstacleOf, type Scope } from "../scan/scope.js";
import type { Surroundings } from "./surroundings.js";
import { type Context, textOf } from "./type.js";

const freeFunction = "Move it out, or write a free function that calls it, and export that.";

/** Why a function in this scope cannot be called from outside; null where it can. */
export function refuseScope(annotated: Annotated, { places }: Surroundings, at: Range): Diagnostic | null {
  const span = places.span(at.start, Math.min(at.end, at.start + 80));
  if (annotated.scope.depth > deepestScope) {
    const message = `this function stands more than ${deepestScope} braces deep`;
    return report("TX1003", span, { message, fix: "Move it out of some of its namespaces." });
  }
  switch (obstacleOf(annotated.scope)) {
    case "class":
      return report("TX1302", span, {
        message: "a member of an unnamed class cannot be exported",
        label: "stands inside a class without a name",
        fix: "Give the class a name, or write a free function that does the work, and export that.",
      });
    case "block":
      return report("TX1105", span, {
        message: "no function follows this annotation: it stands inside another function's body",
        note: "Or a brace further up is not closed.",
        fix: "Put the annotation directly above a function, outside of any body.",
      });
    case "anonymous":
      return report("TX1303", span, {
        message: "a function in an unnamed namespace cannot be exported: no other file can call it",
        fix: freeFunction,
      });
    case "linkage":
      return report("TX1308", span, {
        message: 'an `extern "C"` function cannot be exported: its name would be that of a C symbol',
        fix: 'Move it out of `extern "C"`: the C function is generated.',
      });
    case null:
      return null;
  }
}

/** Why a member of a class cannot be exported; null where it may be. `source` is `whole` without what belongs to its body. */
export function refuseMember({ scope }: Annotated, source: string, at: Range, around: Surroundings): Diagnostic | null {
  const { places } = around;
  const span = places.span(at.start, Math.min(at.end, at.start + 80));
  for (let one: Scope | null = scope; one?.kind === "class"; one = one.outer) {
    if (one.body?.isTemplate === true) {
      return report("TX1301", span, {
        message: "a member of a class template cannot be exported: it has no code until the template is used",
        fix: "Write a class that is none, or a function that uses the template with the types that are wanted.",
      });
    }
    if (one.access !== "public") {
      return report("TX1302", span, {
        message: `a ${one.access ?? "private"} member cannot be exported: no other code may call it`,
        label: `stands in a ${one.access ?? "private"} section`,
        fix: "Move it below `public:`, or export a public method that calls it.",
      });
    }
  }
  const word = /\b(?:static|friend|consteval)\b/.exec(source.slice(0, source.indexOf("(")))?.[0];
  if (word !== undefined) {
    const start = at.start + source.indexOf(word);
    return report("TX1302", places.span(start, start + word.length), {
      message: `a ${word} function in a class cannot be exported: it is called on no object`,
      fix: "Write a free function outside of the class that calls it, and export that.",
    });
  }
  if (/~\s*\w+\s*\(/.test(source)) {
    return report("TX1302", span, {
      message: "a destructor cannot be exported: objects are released with their handle",
      fix: "Remove the annotation.",
    });
  }
  return null;
}

/** Why a declaration with this first word is no function that can be exported; null where it may be one. */
export function refuseStart(source: string, at: Range, { places }: Surroundings): Diagnostic | null {
  const word = /^\w+/.exec(source)?.[0] ?? "";
  const span = places.span(at.start, at.start + Math.max(1, word.length));
  if (word === "template") {
    return report("TX1301", span, {
      message: "a template cannot be exported: it has no code until it is used",
      fix: "Write a function that calls it with the types that are wanted, and export that.",
    });
  }
  if (/^extern\s*"/.test(source)) {
    return report("TX1308", span, {
      message: 'an `extern "C"` function cannot be exported: its name would be that of a C symbol',
      fix: 'Remove `extern "C"`: the C function is generated.',
    });
  }
  const operator = /^[^({;]*?\boperator\b/.exec(source);
  if (operator !== null) {
    const end = at.start + operator[0].length;
    return report("TX1306", places.span(end - "operator".length, end), {
      message: "an operator cannot be exported: it has no name that other languages could call",
      fix: "Write a function with a name of its own that calls it, and export that.",
    });
  }
  const deleted = /=\s*(?:delete|default)\s*$/.exec(source);
  if (deleted !== null) {
    const start = at.start + deleted.index;
    return report("TX1105", places.span(start, start + deleted[0].trimEnd().length), {
      message: "no function that can be called follows this annotation",
      label: "has no body",
      fix: "Put the annotation above a function that has a body.",
    });
  }
  const kind = /^(?:class|struct|union|enum)\b(?!.*\()/s.test(source) ? word : null;
  if (kind !== null || /^(?:using|typedef|namespace|static_assert|friend|TORCH_LIBRARY\w*)\b/.test(source)) {
    return report("TX1105", span, {
      message: `no function follows this annotation, but \`${word}\``,
      label: "not a function",
      fix: "Put the annotation directly above a function, or remove it.",
    });
  }
  return null;
}

const refusedSpecifiers: Readonly<
  Record<string, { readonly code: Code; readonly message: string; readonly fix: string }>
> = {
  static: {
    code: "TX1303",
    message: "a static function cannot be exported: no other file can call it",
    fix: "Remove `static`.",
  },
  inline: {
    code: "TX1307",
    message: "an inline function cannot be exported from here: no other file finds its code",
    fix: "Remove `inline`, or move the function into a header below csrc/include/, which generated code includes.",
  },
  constexpr: {
    code: "TX1307",
    message: "a constexpr function is inline, and cannot be exported from here: no other file finds its code",
    fix: "Remove `constexpr`, or move the function into a header below csrc/include/, which generated code includes.",
  },
  consteval: {
    code: "TX1307",
    message: "a consteval function cannot be exported: it is gone when the program runs",
    fix: "Remove `consteval`, and define the function in a source file.",
  },
  virtual: { code: "TX1302", message: "a member of a class cannot be exported", fix: freeFunction },
  explicit: { code: "TX1302", message: "a member of a class cannot be exported", fix: freeFunction },
};

const specifierPattern = new RegExp(`\\b(?:${Object.keys(refusedSpecifiers).join("|")})\\b`);

/** Why a function with these specifiers cannot be exported; null where it can. */
export function refuseSpecifiers(
  node: Node,
  nameStart: number,
  context: Context,
  here: (node: Node) => Span,
): Diagnostic | null {
  const isIncluded = context.places.path.startsWith("csrc/include/");
  if (!specifierPattern.test(context.text.slice(node.startIndex, nameStart))) return null;
  for (const child of node.children) {
    const word = textOf(child, context);
    const refusal = Object.hasOwn(refusedSpecifiers, word) ? refusedSpecifiers[word] : undefined;
    if (isIncluded && (word === "inline" || word === "constexpr")) continue;
    if (refusal !== undefined) return report(refusal.code, here(child), { message: refusal.message, fix: refusal.fix });
  }
  return null;
}
