// How types cross in the Node glue: a codec of the lib shim, or one that is put together of a family of C functions.

import { destructorSymbol, familyOf, typeKey } from "../../../c-abi/names.js";
import type { ExportedFunction, Type } from "../../../model/module.js";
import { abiOf, hasFamily, partsOf, storedType } from "../../../types/derive.js";
import type { FamilyType } from "../../../types/walk.js";
import { typescriptRow } from "../types.js";

/** `using value_list_tensor = tx::node::List<…>;` */
export interface Codec {
  readonly name: string;
  /** `tx::node::List`, and what it is made of. */
  readonly template: string;
  readonly arguments: readonly string[];
}

/** The codec of a type, as the glue's C++ names it. */
export function codecOf(nativeName: string, type: Type): string {
  const stored = storedType(type);
  if (abiOf(stored).by === "family") return codecName(nativeName, stored);
  switch (stored.kind) {
    case "optional":
      return `tx::node::Optional${rowCodec(stored.of)}`;
    case "list":
      return `tx::node::${rowCodec(stored.of)}List`;
    case "enum":
      return "tx::node::Int64";
    case "handle":
      return `tx::node::Object<${destructorSymbol(stored.decl.name)}>`;
    default:
      return `tx::node::${rowCodec(stored)}`;
  }
}

function rowCodec(type: Type): string {
  const row = typescriptRow(type);
  if (row === null) throw new Error(`a ${type.kind} has no codec of the lib shim`);
  return row.codec;
}

function codecName(nativeName: string, type: Type): string {
  return `value_${typeKey(nativeName, type.kind === "dict" ? storedType(type) : type)}`;
}

/** The codecs that those functions need, each behind those that it is made of. */
export function lowerCodecs(nativeName: string, functions: readonly ExportedFunction[]): readonly Codec[] {
  const uses = new Map<string, { readonly type: FamilyType; isParameter: boolean }>();
  const visit = (whole: Type, isParameter: boolean): void => {
    const type = storedType(whole);
    for (const part of partsOf(type)) visit(part, isParameter);
    if (!hasFamily(type)) return;
    const name = codecName(nativeName, type);
    const known = uses.get(name);
    if (known === undefined) uses.set(name, { type, isParameter });
    else known.isParameter ||= isParameter;
  };
  for (const { parameters, returns } of functions) {
    for (const { type } of parameters) visit(type, true);
    visit(returns, false);
  }
  return [...uses].map(([name, { type, isParameter }]) => lowerCodec(nativeName, name, type, isParameter));
}

/** What makes a value is not there for a type that is only returned. */
function lowerCodec(nativeName: string, name: string, type: FamilyType, isParameter: boolean): Codec {
  const inner = (part: Type): string => codecOf(nativeName, part);
  const making = (symbol: string): string => (isParameter ? symbol : "nullptr");
  const codec = (kind: string, ...args: readonly string[]): Codec => {
    return { name, template: `tx::node::${kind}`, arguments: args };
  };
  switch (type.kind) {
    case "optional": {
      const family = familyOf(nativeName, type);
      const { hasValue, get } = family;
      return codec("Optional", inner(type.of), making(family.new), making(family.none), hasValue, get, family.delete);
    }
    case "list": {
      const family = familyOf(nativeName, type);
      const { size, get } = family;
      return codec("List", inner(type.of), making(family.new), making(family.push), size, get, family.delete);
    }
    case "dict": {
      const family = familyOf(nativeName, type);
      const { size, key, value } = family;
      const parts = [inner(type.key), inner(type.value)];
      return codec("Dict", ...parts, making(family.new), making(family.set), size, key, value, family.delete);
    }
    case "tuple":
    case "record": {
      const family = familyOf(nativeName, type);
      const fields = partsOf(type).map((part, i) => `tx::node::Field<${inner(part)}, ${family.get[i] ?? ""}>`);
      return codec("Product", making(family.new), family.delete, ...fields);
    }
  }
}
