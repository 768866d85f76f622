// Which classes and enums of a package are read: those that a signature names, by any way round, and those with annotated members.
import type { Parser } from "web-tree-sitter";
import type { AliasDecl, EnumDecl, MethodDecl, RecordDecl } from "../ir/declaration.js";
import { readEnum } from "./enum.js";
import type { Places } from "./lines.js";
import { readRecord } from "./record.js";
import type { Body } from "./scope.js";

/** A file's bodies, and what was found next to them. */
export interface Declaring {
  readonly text: string;
  readonly places: Places;
  readonly bodies: readonly Body[];
  readonly methods: ReadonlyMap<Body, readonly MethodDecl[]>;
  readonly aliases: readonly AliasDecl[];
  /** What its annotated declarations say. */
  readonly signatures: readonly string[];
}

export interface Declared {
  readonly enums: EnumDecl[];
  readonly records: RecordDecl[];
  readonly aliases: AliasDecl[];
}

interface Named {
  readonly file: number;
  readonly body: Body;
  readonly name: { readonly text: string; readonly start: number };
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Reads what is needed, for each file. */
export function readDeclared(parser: Parser, files: readonly Declaring[]): readonly Declared[] {
  const found: Declared[] = files.map(() => ({ enums: [], records: [], aliases: [] }));
  const byName = new Map<string, Named[]>();
  const wanted = new Set<string>();
  const queue: string[] = [];
  const want = (text: string): void => {
    for (const [name] of text.matchAll(word)) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      queue.push(name);
    }
  };
  files.forEach(({ text, bodies, methods }, file) => {
    for (const body of bodies) {
      const name = body.end < 0 ? null : nameOf(text, body);
      if (name === null) continue;
      grouped(byName, name.text).push({ file, body, name });
      if (methods.has(body)) want(name.text);
    }
  });
  if (byName.size === 0) return found;
  const aliases = new Map<string, AliasDecl[]>();
  for (const alias of files.flatMap((file) => file.aliases)) grouped(aliases, alias.name).push(alias);
  for (const { signatures } of files) for (const signature of signatures) want(signature);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const alias of aliases.get(name) ?? []) want(alias.type.spelling);
    for (const named of byName.get(name) ?? []) {
      const { text, places, methods } = files[named.file] as Declaring;
      const into = found[named.file] as Declared;
      if (named.body.keyword === "enum") {
        const read = readEnum(parser, text, named.body, named.name, places);
        if (read !== null) into.enums.push(read);
        continue;
      }
      const read = readRecord(parser, text, named.body, named.name, methods.get(named.body) ?? [], places);
      into.records.push(read.record);
      into.aliases.push(...read.aliases);
      for (const { type } of [...read.record.fields, ...read.aliases]) want(type.spelling);
    }
  }
  for (const { enums, records } of found) {
    enums.sort((a, b) => a.span.start.offset - b.span.start.offset);
    records.sort((a, b) => a.span.start.offset - b.span.start.offset);
  }
  return found;
}

function grouped<T>(map: Map<string, T[]>, key: string): T[] {
  const group = map.get(key) ?? [];
  map.set(key, group);
  return group;
}

/** In front of the braces, or behind them in `typedef struct { … } name;`; null where there is none. */
function nameOf(text: string, body: Body): Named["name"] | null {
  if (body.isTypedef) {
    const match = /^(\s*)([\p{L}_$][\p{L}\p{N}_$]*)\s*;/u.exec(text.slice(body.end, body.end + 500));
    if (match?.[2] !== undefined) return { text: match[2], start: body.end + (match[1] ?? "").length };
  }
  if (body.name === null) return null;
  const front = text.slice(body.start, body.open);
  const at = front.search(
    new RegExp(`(?<![\\p{L}\\p{N}_$])${body.name.replace(/\$/g, "\\$")}(?![\\p{L}\\p{N}_$])(?!.*::)`, "u"),
  );
  return { text: body.name, start: body.start + Math.max(at, 0) };
}
