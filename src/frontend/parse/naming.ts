// Aliases and using declarations: what a type's spelling may stand for.
import type { Parser } from "web-tree-sitter";
import type { AliasDecl, UsingDecl } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import type { Naming } from "../scan/scan.js";
import { namespaceOf } from "../scan/scope.js";
import { fieldOf } from "./fields.js";
import { nesting, parseSnippet } from "./snippet.js";
import { type Context, fold, readDeclarator, readType, textOf } from "./type.js";

/** What an alias declaration names: one alias, or several (a typedef with several names). */
export interface Named {
  readonly aliases: readonly AliasDecl[];
}

const nothing: Named = { aliases: [] };
const longest = 10_000;
const deepest = 100;

/** The names that an alias declaration may declare; none for one of another kind. */
export function aliasNames(text: string, { keyword, start, end }: Naming): readonly string[] {
  if (keyword === "namespace" || end - start > longest) return [];
  const source = text.slice(start, end);
  if (keyword === "typedef") return [...new Set(source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))].slice(1);
  const name = /^using\s+([\p{L}_$][\p{L}\p{N}_$]*)[^=]*=/u.exec(source)?.[1];
  return name === undefined ? [] : [name];
}

/** Reads an alias declaration. One that cannot be read names nothing: using its name is then a finding. */
export function readNaming(parser: Parser, text: string, naming: Naming, places: Places): Named {
  if (naming.end - naming.start > longest) return nothing;
  const source = text.slice(naming.start, naming.end);
  if (naming.keyword === "namespace" || nesting(source) > deepest) return nothing;
  const snippet = parseSnippet(parser, `${source};`, naming.start);
  if (snippet === null) return nothing;
  try {
    const { node } = snippet;
    const context: Context = { text: snippet.text, file: text, base: snippet.base, places };
    if (node?.type !== "alias_declaration" && node?.type !== "type_definition") return nothing;
    const namespace = namespaceOf(naming.scope);
    const span = places.span(naming.start, naming.end);
    if (node.type === "alias_declaration") {
      const name = fieldOf(node, "name");
      const descriptor = fieldOf(node, "type");
      if (name === null || descriptor === null) return nothing;
      const type = readType(descriptor, readDeclarator(fieldOf(descriptor, "declarator"), context), context);
      return type === null
        ? nothing
        : { aliases: [{ name: textOf(name, context), namespace, type, ...naming.said, span }] };
    }
    const aliases = node.childrenForFieldName("declarator").flatMap((child): AliasDecl[] => {
      const declarator = readDeclarator(child, context);
      const type = readType(node, declarator, context);
      if (declarator.name === null || type === null) return [];
      return [{ name: textOf(declarator.name, context), namespace, type, ...naming.said, span }];
    });
    return { aliases };
  } finally {
    snippet.tree.delete();
  }
}

/** `using namespace a::b`, `using a::b`, `namespace a = b::c`; null for anything else. */
export function readUsing(text: string, { start, end, scope, keyword }: Naming): UsingDecl | null {
  if (keyword === "typedef" || end - start > longest) return null;
  const source = fold(text.slice(start, end));
  const namespace = namespaceOf(scope);
  const directive = /^using namespace ?([\w:]+)$/.exec(source)?.[1];
  if (directive !== undefined) return { kind: "directive", namespace, name: null, target: directive };
  const renamed = /^namespace (\w+) ?= ?([\w:]+)$/.exec(source);
  if (renamed?.[1] !== undefined && renamed[2] !== undefined) {
    return { kind: "namespaceAlias", namespace, name: renamed[1], target: renamed[2] };
  }
  const target = /^using(?: typename)? ?([\w:]+)$/.exec(source)?.[1];
  const name = target?.split("::").at(-1);
  return target === undefined || name === undefined ? null : { kind: "name", namespace, name, target };
}
