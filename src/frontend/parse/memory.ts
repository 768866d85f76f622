// Most functions of a package have parameters and results that others have, too. What was read once is moved, not read
// again: a call into the grammar's WebAssembly costs more than that.
import type { ParameterDecl, TypeRef } from "../../model/declaration.js";
import type { Span } from "../../model/span.js";
import type { Places } from "../scan/lines.js";

/** What was read in one file, by its text, with where it began. */
export interface Memory {
  readonly parameters: Map<string, { readonly parameter: ParameterDecl; readonly start: number }>;
  readonly returns: Map<string, { readonly type: TypeRef; readonly start: number }>;
}

export function newMemory(): Memory {
  return { parameters: new Map(), returns: new Map() };
}

function moveSpan({ start, end }: Span, by: number, places: Places): Span {
  return places.span(start.offset + by, end.offset + by);
}

/** The type as it stands `by` characters further on. */
export function moveType(type: TypeRef, by: number, places: Places): TypeRef {
  return { ...type, args: type.args.map((arg) => moveType(arg, by, places)), span: moveSpan(type.span, by, places) };
}

/** The parameter as it stands `by` characters further on. */
export function moveParameter(parameter: ParameterDecl, by: number, places: Places): ParameterDecl {
  const { name, type, default: value, span } = parameter;
  return {
    name,
    type: moveType(type, by, places),
    default: value === null ? null : { text: value.text, span: moveSpan(value.span, by, places) },
    span: moveSpan(span, by, places),
  };
}
