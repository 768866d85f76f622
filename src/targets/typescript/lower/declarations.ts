// Enums and records as TypeScript declares them.
import type { EnumInfo, RecordInfo, Type } from "../../../model/module.js";
import { partsOf, qualifiedName } from "../../../types/derive.js";
import { tsLiteral } from "../literals.js";
import { enumName, inputName, recordName, resultField } from "../names.js";
import { holdsIntegers, inputRecords } from "../types.js";
import { describeDeclared, type JsDoc } from "./jsdoc.js";
import { tsFieldType, tsResultType } from "./type-names.js";

export interface TypescriptInterface {
  readonly name: string;
  /** Whether its integers are of a type parameter: `number` unless said. */
  readonly isGeneric: boolean;
  readonly doc: JsDoc | null;
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly isOptional: boolean;
    readonly doc: JsDoc | null;
  }[];
}

/** An object of names, and the union of them as a type. */
export interface TypescriptEnum {
  readonly name: string;
  readonly doc: JsDoc | null;
  readonly entries: readonly { readonly name: string; readonly doc: JsDoc | null }[];
}

/** Every enum and record that those types name, once, in order of first use. */
export function lowerDeclarations(types: readonly Type[]): {
  readonly enums: readonly TypescriptEnum[];
  readonly records: readonly TypescriptInterface[];
} {
  const enums = new Map<string, TypescriptEnum>();
  const records = new Map<string, TypescriptInterface>();
  const visit = (type: Type): void => {
    if (type.kind === "enum") enums.set(qualifiedName(type.decl), lowerEnum(type.decl));
    if (type.kind === "record") records.set(qualifiedName(type.decl), lowerRecord(type.decl));
    for (const part of partsOf(type)) visit(part);
  };
  for (const type of types) visit(type);
  return { enums: [...enums.values()], records: [...records.values()] };
}

function lowerEnum(decl: EnumInfo): TypescriptEnum {
  const entries = decl.entries.map(({ name, doc }) => ({ name, doc: textDoc(doc) }));
  return { name: enumName(decl), doc: describeDeclared(decl), entries };
}

function lowerRecord(decl: RecordInfo): TypescriptInterface {
  return {
    name: recordName(decl),
    isGeneric: holdsIntegers({ kind: "record", decl }),
    doc: describeDeclared(decl),
    fields: decl.fields.map((field) => ({
      name: resultField(field.name),
      type: tsFieldType(field.type),
      isOptional: false,
      doc: textDoc(field.doc),
    })),
  };
}

function textDoc(text: string): JsDoc;
function textDoc(text: string | null): JsDoc | null;
function textDoc(text: string | null): JsDoc | null {
  return text === null || text === "" ? null : { text, tags: [] };
}

/** A record as callers may give it: `export type BoxInput = WithDefaults<Box, "weight">;` */
export interface TypescriptInput {
  readonly name: string;
  readonly type: string;
  readonly doc: JsDoc;
}

/** Those of all records that parameters take and of which fields may be left out. */
export function lowerInputs(parameters: readonly Type[]): readonly TypescriptInput[] {
  return inputRecords(parameters).map((decl) => {
    const type = tsResultType({ kind: "record", decl }, "number | bigint");
    const optional = decl.fields.filter((field) => field.default !== null);
    const left = optional.map(({ name }) => `"${resultField(name)}"`).join(" | ");
    const defaults = optional.map(
      ({ name, type: of, default: value }) => `\`${resultField(name)}\` ${value === null ? "" : tsLiteral(value, of)}`,
    );
    return {
      name: inputName(decl),
      type: `WithDefaults<${type}, ${left}>`,
      doc: textDoc(`A ${recordName(decl)} as an argument. Defaults: ${defaults.join(", ")}.`),
    };
  });
}
