// How one type crosses the C ABI: a row of the registry, or the optional or list of a row. Each target has a column of its own.
import type { TypeId } from "../model/module.js";

/** How a type crosses the C ABI. */
export type AbiForm =
  /**
   * By value; `zero` is what a function returns after an exception. `checked` is the name below tx::checked of what reads it and
   * refuses what is out of range, `cast` whether it is cast to the C type on its way out.
   */
  | {
      readonly by: "value";
      readonly c: string;
      readonly zero: string;
      readonly checked: string | null;
      readonly cast: boolean;
    }
  /**
   * As an owning `void*` by a name that lantern/types.h has in both hosts: `make_raw::<raw>` makes it, `from_raw::<raw>` reads it;
   * `tx::checked::<checked>` does, where more than a null handle is to be refused. `lvalue` where make_raw takes no temporary.
   */
  | { readonly by: "raw"; readonly raw: string; readonly checked: string | null; readonly lvalue: boolean }
  /** As an owning `void*` that a family of exported C functions makes, reads and frees: `c-abi/names.ts`. */
  | { readonly by: "family" }
  /** As an owning `void*` that the class's own delete function frees. */
  | { readonly by: "handle" }
  /** Nothing crosses: the result of a function that returns nothing. */
  | { readonly by: "nothing" };

export interface TypeForm {
  /** How generated C++ spells it. */
  readonly cpp: string;
  readonly abi: AbiForm;
  /** Whether it is or holds tensors, which a host must keep alive for as long as a call runs. */
  readonly holdsTensors: boolean;
  /** In prose. */
  readonly title: string;
}

/** One C++ type. */
export interface TypeRow extends TypeForm {
  readonly id: TypeId;
  /** Other spellings of the same type, qualified. */
  readonly aliases: readonly string[];
  /** The forms of its optional and list that cross by a name of lantern/types.h; null where a family carries them. */
  readonly optional: TypeForm | null;
  readonly list: TypeForm | null;
}

/** A form in few words. */
type FormWords = Omit<TypeForm, "holdsTensors"> & Partial<Pick<TypeForm, "holdsTensors">>;

export function form(words: FormWords): TypeForm {
  return { holdsTensors: false, ...words };
}

export function byValue(c: string, zero: string): AbiForm {
  return { by: "value", c, zero, checked: null, cast: false };
}

export function byRaw(raw: string, checked: string | null = null): AbiForm {
  return { by: "raw", raw, checked, lvalue: false };
}
