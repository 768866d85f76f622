// What a qualified name stands for, seen from a namespace: a type that is known, a template, or what the package declares.
import type { AliasDecl, EnumDecl, ParsedFile, RecordDecl, UsingDecl } from "../../model/declaration.js";
import type { Type } from "../../model/module.js";
import { registry } from "../../types/registry.js";
import { instances, type TemplateKind, templates } from "../../types/templates.js";
import { type Suggestion, suggest } from "./suggest.js";

/** What the package declares under a name. */
type Own =
  | { readonly kind: "alias"; readonly decl: AliasDecl }
  | { readonly kind: "enum"; readonly decl: EnumDecl }
  | { readonly kind: "record"; readonly decl: RecordDecl };

export type Meaning =
  | { readonly kind: "type"; readonly type: Type }
  | { readonly kind: "template"; readonly of: TemplateKind; readonly name: string }
  | Own;

/** Looks names up. */
export interface Scopes {
  /** What `name`, written in `namespace` of `file`, stands for; null for an unknown name. */
  find(name: string, namespace: readonly string[], file: string): Meaning | null;
  /** What to write in place of an unknown name; null where nothing is near. */
  suggest(name: string): Suggestion | null;
  /** Whether the package opens this namespace: `myext::detail`. */
  hasNamespace(path: string): boolean;
}

const known = new Map<string, Meaning>();
for (const row of Object.values(registry)) {
  const meaning: Meaning = { kind: "type", type: { kind: "row", id: row.id } };
  for (const name of [row.cpp, ...row.aliases]) known.set(name, meaning);
}
for (const [name, type] of Object.entries(instances)) known.set(name, { kind: "type", type });
for (const [name, of] of Object.entries(templates)) known.set(name, { kind: "template", of, name });

/** Namespaces whose names are also found in others: torch has all of at, at all of c10. */
const roots: Readonly<Record<string, readonly string[]>> = { torch: ["torch", "at", "c10"], at: ["at", "c10"] };

function findKnown(name: string): Meaning | null {
  const [root = "", rest] = splitFirst(name);
  if (rest === null || !Object.hasOwn(roots, root)) return known.get(name) ?? null;
  for (const other of roots[root] ?? []) {
    const meaning = known.get(`${other}::${rest}`);
    if (meaning !== undefined) return meaning;
  }
  return null;
}

function splitFirst(name: string): readonly [string, string | null] {
  const at = name.indexOf("::");
  return at < 0 ? [name, null] : [name.slice(0, at), name.slice(at + 2)];
}

function declarationsOf(file: ParsedFile): readonly { readonly file: string; readonly meaning: Own }[] {
  const at = (meaning: Own) => ({ file: file.path, meaning });
  return [
    ...file.aliases.map((decl) => at({ kind: "alias", decl })),
    ...file.enums.map((decl) => at({ kind: "enum", decl })),
    ...file.records.map((decl) => at({ kind: "record", decl })),
  ];
}

/** Places looked at for one name; more is a knot of using declarations that nobody writes. */
const mostSteps = 1000;

/** Gathers what the files of a package declare. Where two files give one name two meanings, a file sees its own. */
export function scopesOf(files: readonly ParsedFile[], nativeName: string): Scopes {
  const declared = groupBy(files.flatMap(declarationsOf), ({ meaning: { decl } }) =>
    [...decl.namespace, decl.name].join("::"),
  );
  const usings = groupBy(
    files.flatMap((file) => file.usings.map((using) => ({ file: file.path, using }))),
    // A using declaration in a source file is seen there alone; one in a header may be seen anywhere.
    ({ file, using }) => (isSource(file) ? `${using.namespace.join("::")} ${file}` : using.namespace.join("::")),
  );
  const namespaces = new Set<string>([nativeName]);
  for (const file of files) {
    for (const path of file.namespaces) {
      const parts = path.split("::");
      for (let i = 1; i <= parts.length; i++) namespaces.add(parts.slice(0, i).join("::"));
    }
  }

  const own = (full: string, file: string): Meaning | null => {
    const group = declared.get(full);
    return (group?.find((one) => one.file === file) ?? group?.[0])?.meaning ?? null;
  };

  const usingsIn = (space: string, file: string): readonly UsingDecl[] =>
    // A name that is brought in on its own hides one that comes with a whole namespace.
    [...(usings.get(`${space} ${file}`) ?? []), ...(usings.get(space) ?? [])]
      .map(({ using }) => using)
      .sort((a, b) => Number(a.kind === "directive") - Number(b.kind === "directive"));

  /** A name in one namespace, without looking outwards. `seen` holds the places looked at before. */
  const within = (space: string, name: string, file: string, seen: Set<string>): Meaning | null => {
    const full = join(space, name);
    const direct = own(full, file) ?? findKnown(full);
    if (direct !== null) return direct;
    const place = `${space} ${name}`;
    if (seen.has(place) || seen.size > mostSteps) return null;
    seen.add(place);
    const [first, rest] = splitFirst(name);
    for (const using of usingsIn(space, file)) {
      let meaning: Meaning | null = null;
      if (using.kind === "directive") {
        const target = using.target.replace(/^::/, "");
        const spaces = using.target.startsWith("::")
          ? [target]
          : enclosing(using.namespace).map((at) => join(at, target));
        for (let i = 0; i < spaces.length && meaning === null; i++) meaning = within(spaces[i] ?? "", name, file, seen);
      } else if (using.name === first && (rest === null) === (using.kind === "name")) {
        const target = rest === null ? using.target : `${using.target}::${rest}`;
        meaning = outwards(target, using.namespace, file, seen);
      }
      if (meaning !== null) return meaning;
    }
    return null;
  };
  const outwards = (name: string, namespace: readonly string[], file: string, seen: Set<string>): Meaning | null => {
    if (name.startsWith("::")) return within("", name.slice(2), file, seen);
    for (const space of enclosing(namespace)) {
      const meaning = within(space, name, file, seen);
      if (meaning !== null) return meaning;
    }
    return null;
  };

  const suggestions = new Map<string, Suggestion | null>();
  const memory = new Map<string, Meaning | null>();
  return {
    find: (name, namespace, file) => {
      const key = `${name} ${namespace.join("::")} ${file}`;
      const remembered = memory.get(key);
      if (remembered !== undefined) return remembered;
      const meaning = outwards(name, namespace, file, new Set());
      memory.set(key, meaning);
      return meaning;
    },
    suggest: (name) => {
      const known = suggestions.get(name);
      if (known !== undefined) return known;
      const found = suggest(name);
      suggestions.set(name, found);
      return found;
    },
    hasNamespace: (path) => namespaces.has(path),
  };
}

/** `["a::b", "a", ""]` for `["a", "b"]`: where C++ looks, innermost first. */
function enclosing(namespace: readonly string[]): readonly string[] {
  return Array.from({ length: namespace.length + 1 }, (_, i) => namespace.slice(0, namespace.length - i).join("::"));
}

function join(space: string, name: string): string {
  return space === "" ? name : `${space}::${name}`;
}

function isSource(path: string): boolean {
  return !/\.(?:h|hh|hpp|hxx|cuh)$/i.test(path);
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
