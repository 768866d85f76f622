// Which classes and enums of a package are read: those that a signature names, by any way round, and those with annotated members.
import type { Parser } from "web-tree-sitter";
import type { AliasDecl, EnumDecl, HostNames, MethodDecl, RecordDecl } from "../../model/declaration.js";
import type { Places } from "../scan/lines.js";
import type { Naming } from "../scan/scan.js";
import type { Body } from "../scan/scope.js";
import { readEnum } from "./enum.js";
import { aliasNames, readNaming } from "./naming.js";
import { readRecord } from "./record.js";

/** A file's bodies, and what was found next to them. */
export interface Declaring {
  readonly text: string;
  readonly places: Places;
  readonly bodies: readonly Body[];
  readonly methods: ReadonlyMap<Body, readonly MethodDecl[]>;
  /** What hosts call a type, by where its declaration begins. */
  readonly hostNames: ReadonlyMap<number, HostNames>;
  readonly namings: readonly Naming[];
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
  readonly name: string;
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Reads what is needed, for each file. */
export function readDeclared(parser: Parser, files: readonly Declaring[]): readonly Declared[] {
  const found: Declared[] = files.map(() => ({ enums: [], records: [], aliases: [] }));
  const byName = new Map<string, Named[]>();
  const wanted = new Set<string>();
  const queue: string[] = [];
  const want = (text: string): void => {
    for (const name of text.match(word) ?? []) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      queue.push(name);
    }
  };
  files.forEach(({ text, bodies, methods }, file) => {
    for (const body of bodies) {
      const name = body.end < 0 ? null : nameOf(text, body);
      if (name === null) continue;
      const group = grouped(byName, name);
      if (group.length < mostOfName || methods.has(body)) group.push({ file, body, name });
      if (methods.has(body)) want(name);
    }
  });
  const namings = namingsByName(files);
  const done = new Set<Naming>();
  for (const { signatures } of files) for (const signature of signatures) want(signature);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const { file, naming } of namings.get(name) ?? []) {
      // A typedef may declare several names.
      if (done.has(naming)) continue;
      done.add(naming);
      const { text, places } = files[file] as Declaring;
      const { aliases } = readNaming(parser, text, naming, places);
      (found[file] as Declared).aliases.push(...aliases);
      for (const { type } of aliases) want(type.spelling);
    }
    for (const { file, body } of byName.get(name) ?? []) {
      const { text, places, methods, hostNames } = files[file] as Declaring;
      const named = hostNames.get(body.start);
      const said = named === undefined ? {} : { hostNames: named };
      const into = found[file] as Declared;
      const place = { text: name, start: nameStart(text, body, name) };
      if (body.keyword === "enum") {
        const read = readEnum(parser, text, body, place, places);
        if (read !== null) into.enums.push({ ...read, ...said });
        continue;
      }
      const read = readRecord(parser, text, body, place, methods.get(body) ?? [], places);
      into.records.push({ ...read.record, ...said });
      into.aliases.push(...read.aliases);
      for (const { type } of [...read.record.fields, ...read.aliases]) want(type.spelling);
    }
  }
  for (const { enums, records, aliases } of found) {
    for (const all of [enums, records, aliases]) all.sort((a, b) => a.span.start.offset - b.span.start.offset);
  }
  return found;
}

/** Declarations of one name that are read in a file: a person writes one, or one for each branch of an `#if`. */
const mostOfName = 100;

interface PlacedNaming {
  readonly file: number;
  readonly naming: Naming;
}

/** Aliases, not read yet, by the names that they may declare. */
function namingsByName(files: readonly Declaring[]): ReadonlyMap<string, readonly PlacedNaming[]> {
  const byName = new Map<string, PlacedNaming[]>();
  files.forEach(({ text, namings }, file) => {
    for (const naming of namings) {
      for (const name of aliasNames(text, naming)) {
        const group = grouped(byName, name);
        if (group.length < mostOfName) group.push({ file, naming });
      }
    }
  });
  return byName;
}

function grouped<T>(map: Map<string, T[]>, key: string): T[] {
  const group = map.get(key) ?? [];
  map.set(key, group);
  return group;
}

/** In front of the braces, or behind them in `typedef struct { … } name;`; null where there is none. */
function nameOf(text: string, body: Body): string | null {
  const behind = body.isTypedef
    ? /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*;/u.exec(text.slice(body.end, body.end + 500))
    : null;
  return behind?.[1] ?? body.name;
}

/** Where the name stands that `nameOf` found. */
function nameStart(text: string, body: Body, name: string): number {
  // Before the base classes, if there are any.
  const front = text.slice(body.start, body.open).split(/(?<!:):(?!:)/, 1)[0] ?? "";
  const inFront = front.lastIndexOf(name);
  if (name === body.name && inFront >= 0) return body.start + inFront;
  return Math.max(text.indexOf(name, body.end), body.start);
}
