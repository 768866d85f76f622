// What is known of a type that is to be added, and what its texts say, taken apart.
import type { HostNames } from "../../model/declaration.js";
import type { Values } from "../../questions/table.js";
import { recordName } from "../../targets/typescript/names.js";
import { type ParameterText, type Read, readParameter, splitTop } from "../engine/text.js";

export const KINDS = ["tuple", "record", "enum", "opaque", "external"] as const;
export type TypeKind = (typeof KINDS)[number];
export type Direction = "in" | "out" | "both";

export interface EntryText {
  readonly name: string;
  /** In decimal; null where it is one more than the entry before. */
  readonly value: string | null;
}

export interface TypeAnswers {
  /** As it was typed: `std::tuple<torch::Tensor, double>`, `Mode`, `geo::Shape`. */
  readonly cpp: string;
  readonly kind: TypeKind;
  readonly name: string;
  /** Names of a tuple's elements. */
  readonly names: readonly string[];
  /** Fields of a struct, state of a class. */
  readonly fields: readonly ParameterText[];
  readonly entries: readonly EntryText[];
  /** `geo/shape.h`, or nothing. */
  readonly include: string;
  /** What hosts have in the place of an external type. */
  readonly as: string;
  readonly direction: Direction;
  /** What hosts call it, where that is other than they would by themselves. */
  readonly hostNames: HostNames;
}

const fold = (text: string): string => text.trim().replace(/\s+/gu, " ");

/** `std::tuple<A, B>` → A, B; null for anything else. */
export function elementsOf(cpp: string): readonly string[] | null {
  const inner = /^(?:::)?(?:std::)?(?:tuple|pair)\s*<([\s\S]*)>$/u.exec(fold(cpp))?.[1];
  if (inner === undefined) return null;
  const parts = splitTop(inner).map(fold);
  return parts.every((part) => part !== "") ? parts : null;
}

/** The last name of a qualified one, without pointers and `const`. */
export function lastName(cpp: string): string {
  return (
    fold(cpp)
      .replace(/^const\s+|[\s*&]+$/gu, "")
      .split("::")
      .at(-1) ?? ""
  );
}

/** `geo::Shape*` → `geo::Shape`. */
export function pointee(cpp: string): string {
  return fold(cpp)
    .replace(/^const\s+/u, "")
    .replace(/^std::(?:unique|shared)_ptr\s*<\s*([\s\S]*?)\s*>$/u, "$1")
    .replace(/[\s*&]+$/gu, "");
}

/** `lib::Box<double, lib::Pair<int>>` → `Box_double_Pair_int`: a template with what it is made of. */
export function asOneName(cpp: string): string {
  return cpp
    .replace(/\w*::/gu, "")
    .replace(/\W+/gu, "_")
    .replace(/^_+|_+$/gu, "");
}

/** `tensor, score` → tensor and score. */
export function readNames(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(",")).map((name) => name.trim());
}

/** `a: torch::Tensor, b: double = 2`, behind commas that no bracket holds. */
export function readFields(texts: readonly string[]): Read<readonly ParameterText[]> {
  const fields: ParameterText[] = [];
  for (const part of texts.flatMap(splitTop)) {
    const read = readParameter(part.trim());
    if (!read.ok) return { ok: false, problem: read.problem.replace("no parameter", "no field") };
    fields.push(read.value);
  }
  return { ok: true, value: fields };
}

/** `nearest, linear = 3`. */
export function readEntries(texts: readonly string[]): Read<readonly EntryText[]> {
  const entries: EntryText[] = [];
  for (const part of texts.flatMap((text) => text.split(","))) {
    const match = /^\s*([A-Za-z]\w*)\s*(?:=\s*(-?\d{1,18}))?\s*$/u.exec(part);
    if (match === null) {
      return { ok: false, problem: `"${part.trim()}" is no entry of an enum: write a name, or name=3.` };
    }
    entries.push({ name: match[1] ?? "", value: match[2] ?? null });
  }
  return { ok: true, value: entries };
}

/** The answers, read: each was checked on its own. */
export function typeAnswers(values: Values): TypeAnswers {
  const text = (id: string, otherwise = ""): string => {
    const value = values.get(id);
    return typeof value === "string" ? value : otherwise;
  };
  const list = (id: string): readonly string[] => {
    const value = values.get(id);
    return Array.isArray(value) ? (value as readonly string[]) : [];
  };
  const kind = text("kind") as TypeKind;
  const name = text("name");
  const fields = kind === "record" || kind === "opaque" ? readFields(list("fields")) : null;
  const entries = kind === "enum" ? readEntries(list("entries")) : null;
  return {
    cpp: fold(text("type")),
    kind,
    name,
    names: kind === "tuple" ? readNames(list("fields")) : [],
    fields: fields?.ok === true ? fields.value : [],
    entries: entries?.ok === true ? entries.value : [],
    include: text("include").replace(/^[<"]|[>"]$/gu, ""),
    as: text("as", "std::string"),
    direction: text("direction", "both") as Direction,
    hostNames: {
      typescript: values.has("tsName") && text("tsName") !== recordName({ name }) ? text("tsName") : null,
      r: values.has("rName") && text("rName") !== name ? text("rName") : null,
    },
  };
}
