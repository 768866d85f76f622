// Every supported C++ type, and how it crosses the C ABI. A new type is a new row here and in the column of each target, which is
// a record over the same ids; no lowering compares ids. src/types/derive.ts derives optionals, lists and all other types from rows.
// A row lists its optional and list if lantern/types.h has a name for them in R's torch, both ways: those need no family.
import type { TypeId } from "../model/module.js";
import type { TypeRow } from "./form.js";
import { names } from "./rows-names.js";
import { numbers } from "./rows-numbers.js";
import { objects } from "./rows-objects.js";

export const registry: Readonly<Record<TypeId, TypeRow>> = {
  ...objects,
  ...numbers,
  ...names,
};
