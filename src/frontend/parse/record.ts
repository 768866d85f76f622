// Reads a struct or class: what a host needs to make one from its fields, or why it cannot.
import type { Node, Parser } from "web-tree-sitter";
import type { AliasDecl, DefaultRef, FieldDecl, MethodDecl, RecordDecl } from "../../model/declaration.js";
import { maskBraces } from "../scan/braces.js";
import type { Places } from "../scan/lines.js";
import { type Member, scan } from "../scan/scan.js";
import type { Body } from "../scan/scope.js";
import { namespaceOf, type Scope } from "../scan/scope.js";
import { functionDeclarator } from "./declarator.js";
import { readDoc, trailingDoc } from "./doc.js";
import { fieldOf } from "./fields.js";
import { withoutBody } from "./member.js";
import { readNaming } from "./naming.js";
import { nesting, parseMember } from "./snippet.js";
import { type Context, readDeclarator, readType, textOf } from "./type.js";

const longest = 20_000;
const deepest = 100;
const unreadable = "a member that cannot be read";
/** More members than any record that crosses has. */
const mostMembers = 1000;

interface Draft {
  readonly fields: FieldDecl[];
  readonly aliases: AliasDecl[];
  /** The first reason why braces cannot make one. */
  notAggregate: string | null;
}

/** Reads the class in `body`, and the aliases that are declared in it. */
export function readRecord(
  parser: Parser,
  text: string,
  body: Body,
  name: { readonly text: string; readonly start: number },
  methods: readonly MethodDecl[],
  places: Places,
): { readonly record: RecordDecl; readonly aliases: readonly AliasDecl[] } {
  const scope: Scope = {
    ...{ kind: "class", names: [...body.qualifiers, name.text], outer: body.outer, depth: body.outer.depth + 1 },
    ...{ brackets: 0, body, access: body.keyword === "class" ? "private" : "public" },
  };
  const draft: Draft = { fields: [], aliases: [], notAggregate: formOf(body) };
  const { members } = scan(text, { start: body.open + 1, end: body.end - 1, scope });
  if (members.length > mostMembers) draft.notAggregate ??= "more members than a record can have";
  let isFunction = false;
  for (const member of members.slice(0, mostMembers)) {
    // A constructor's initialisers go on behind their first braces.
    if (isFunction && text.charAt(member.start) === ",") continue;
    isFunction = text.slice(member.start, Math.min(member.end, member.start + 500)).includes("(");
    const reason = readMember(parser, text, member, name.text, places, draft);
    draft.notAggregate ??= reason;
  }
  const record: RecordDecl = {
    name: name.text,
    namespace: [...namespaceOf(body.outer), ...body.qualifiers],
    fields: draft.fields,
    notAggregate: draft.notAggregate,
    methods,
    doc: readDoc(text, body.comments, body.start, places)?.summary ?? null,
    span: places.span(name.start, name.start + name.text.length),
  };
  return { record, aliases: draft.aliases };
}

function formOf(body: Body): string | null {
  if (body.isTemplate) return "a template";
  if (body.keyword === "union") return "a union";
  return body.hasBase ? "a base class" : null;
}

/** Members that say nothing of the object's fields. */
const silent = /^(?:friend|static_assert|template|static)\b|^(?:\w+\s+)*?static\b|\boperator\b/;

function readMember(
  parser: Parser,
  text: string,
  member: Member,
  className: string,
  places: Places,
  draft: Draft,
): string | null {
  const whole = text.slice(member.start, Math.min(member.end, member.start + longest));
  const keyword = /^(?:using|typedef)\b/.exec(whole)?.[0];
  if (keyword !== undefined && member.terminator === ";") {
    const { start, end, scope } = member;
    const { aliases } = readNaming(parser, text, { keyword: keyword as "using", start, end, scope }, places);
    for (const alias of aliases) draft.aliases.push(alias);
    return null;
  }
  const inner = /^(?:struct|class|union|enum)\b([^({=]*)$/.exec(whole);
  if (inner !== null && member.terminator === "{") {
    return /\w/.test((inner[1] ?? "").replace(/:.*$/s, "")) ? null : "an unnamed struct or union";
  }
  if (inner !== null && /^\s*[\w:]+\s*$/.test(inner[1] ?? "")) return null; // a forward declaration
  if (silent.test(whole.slice(0, 500).split(/[({=]/, 1)[0] ?? "")) return null;
  if (/^(?:\w+\s+)*?virtual\b/.test(whole.slice(0, 500))) {
    return "a virtual function";
  }
  if (member.end - member.start > longest || nesting(whole) > deepest) return unreadable;
  // `T x = ` and `T x` where braces follow: the text ends before them.
  const source = withoutBody(whole).replace(/=\s*$/, "");
  const snippet = parseMember(parser, className, maskBraces(source), member.start);
  if (snippet === null) return unreadable;
  try {
    const { node } = snippet;
    if (node === null) return unreadable;
    const context: Context = { text: snippet.text, file: text, base: snippet.base, places };
    const type = fieldOf(node, "type");
    const outer = fieldOf(node, "declarator");
    const called = functionDeclarator(outer);
    if (called !== null) {
      return type === null && textOf(called.name, context) === className ? "a constructor" : null;
    }
    if (node.type !== "field_declaration") return unreadable;
    if (member.scope.access !== "public") {
      return `a ${member.scope.access ?? "private"} member`;
    }
    return readFields(node, member, context, draft) ? null : unreadable;
  } finally {
    snippet.tree.delete();
  }
}

/** `int a = 1, b{2}` declares two. False where one cannot be read. */
function readFields(node: Node, member: Member, context: Context, draft: Draft): boolean {
  const cursor = node.walk();
  const start = draft.fields.length;
  const doc =
    readDoc(context.file, member.comments, member.start, context.places)?.summary ??
    trailingDoc(context.file, member.close);
  try {
    for (let more = cursor.gotoFirstChild(); more; more = cursor.gotoNextSibling()) {
      const child = cursor.currentNode;
      const from = context.base + child.startIndex;
      if (cursor.currentFieldName === "declarator") {
        const declarator = readDeclarator(child, context);
        const type = readType(node, declarator, context);
        if (type === null || declarator.name === null) {
          return false;
        }
        const span = context.places.span(
          context.base + declarator.name.startIndex,
          context.base + declarator.name.endIndex,
        );
        draft.fields.push({ name: textOf(declarator.name, context), type, default: null, doc, span });
      } else if (cursor.currentFieldName === "default_value") {
        const end = member.terminator === "{" ? member.close : context.base + child.endIndex;
        setDefault(draft, start, defaultAt(context, from, end));
      }
    }
  } finally {
    cursor.delete();
  }
  const last = draft.fields.at(-1);
  if (member.terminator === "{" && last !== undefined && last.default === null && draft.fields.length > start) {
    setDefault(draft, start, defaultAt(context, member.end, member.close));
  }
  return true;
}

function setDefault(draft: Draft, start: number, value: DefaultRef): void {
  const last = draft.fields.at(-1);
  if (last !== undefined && draft.fields.length > start)
    draft.fields[draft.fields.length - 1] = { ...last, default: value };
}

function defaultAt(context: Context, start: number, end: number): DefaultRef {
  const raw = context.file.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  const text = raw.trim();
  return { text, span: context.places.span(from, from + text.length) };
}
