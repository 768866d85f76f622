// Every C++ type that is supported, and how it stands and is converted at each layer. A new type is a new row: no stage
// asks for a type's id. Optionals, lists and all other derived types follow from rows by src/types/derive.ts; a row lists
// those of its own that lantern/types.h has a name for in R's torch, both ways, and that therefore need no family of functions.
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
